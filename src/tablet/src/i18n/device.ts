// Texts about the tablet itself: room, clock, what could not be sent, a second observer, switches.
export const deviceNl = {
  'sign-in.code': 'Code uit je app, of een herstelcode',
  'sign-in.pair': 'Koppelcode van deze tablet: je beheerder ziet hem onder Organisatie, Tablets',
  'sign-in.wrong-code': 'Deze code klopt niet of is al gebruikt. Wacht op de volgende en typ die.',
  'sign-in.wrong-pair': 'Deze koppelcode klopt niet of is verlopen. Vraag je beheerder om een nieuwe.',
  'save.full':
    'Bewaren lukt niet: de tablet is vol. Maak ruimte op de tablet en probeer het nog eens. Ga nog niet weg van dit scherm.',
  'device.little-room':
    'De tablet is bijna vol. Maak eerst ruimte, bijvoorbeeld door foto’s of apps weg te halen. Dan gaat geen antwoord verloren.',
  'device.clock-off':
    'De klok van deze tablet staat verkeerd: {now}. Zet de klok goed bij de instellingen van de tablet. Anders krijgt een gesprek een verkeerde dag.',
  'pin.trouble':
    'Openen lukt nu niet. Misschien is de tablet vol. Maak ruimte, of meld je aan met je wachtwoord.',
  'outbox.export': 'Opslaan als bestand',
  'outbox.export-title': 'Opslaan als bestand?',
  'outbox.export-text':
    'In het bestand staan de naam en de antwoorden van {name}. Iedereen die het bestand heeft, kan het lezen. Geef het alleen aan je beheerder en haal het daarna weg. Het gesprek blijft ook hier staan.',
  'outbox.export-do': 'Ja, opslaan',
  'outbox.persist':
    'Zet de app op het beginscherm van de tablet. Dan ruimt de tablet nooit iets op wat nog niet verstuurd is.',
  'second.badge': 'Tweede kijker gevraagd',
  'second.text':
    'Iemand anders keek op {day}. Kijk zelf met {name} mee. Jullie zien elkaars antwoorden pas als je allebei klaar bent.',
  'second.same':
    'De eerste kijker is ook dit van {name}. Liefst kijkt iemand die {name} op een andere manier kent. Je kunt gewoon doorgaan; dan vraagt de lijst nog een derde.',
  'switch.title': 'Bedienen met schakelaars',
  'switch.off': 'Nee',
  'switch.one': 'Eén schakelaar',
  'switch.two': 'Twee schakelaars',
  'switch.one-text':
    'Een rand gaat langs alles wat je kunt kiezen. Druk op de schakelaar als de rand goed staat.',
  'switch.two-text': 'Met de ene schakelaar ga je verder. Met de andere kies je.',
  'switch.speed': 'Hoe lang de rand blijft staan',
  'switch.seconds': '{n} s',
  'switch.speak': 'Zeggen waar de rand staat',
  'switch.key-first': 'Toets van de schakelaar',
  'switch.key-second': 'Of deze toets',
  'switch.key-next': 'Toets om verder te gaan',
  'switch.key-press': 'Toets om te kiezen',
  'switch.listening': 'Druk nu op de schakelaar…',
  'switch.space': 'Spatie',
} as const;

export const deviceEn: Record<keyof typeof deviceNl, string> = {
  'sign-in.code': 'Code of your app, or a recovery code',
  'sign-in.pair': 'Pairing code of this tablet: your administrator sees it under Organisation, Tablets',
  'sign-in.wrong-code': 'This code is not right or was used already. Wait for the next one and type that.',
  'sign-in.wrong-pair': 'This pairing code is not right or too old. Ask your administrator for a new one.',
  'save.full':
    'This cannot be kept: the tablet is full. Make room on the tablet and try again. Do not leave this screen yet.',
  'device.little-room':
    'The tablet is almost full. Make room first, for example by removing photos or apps. Then no answer is lost.',
  'device.clock-off':
    'The clock of this tablet is wrong: {now}. Set it right in the settings of the tablet. Otherwise a conversation gets the wrong day.',
  'pin.trouble':
    'Opening does not work now. The tablet may be full. Make room, or sign in with your password.',
  'outbox.export': 'Save as a file',
  'outbox.export-title': 'Save as a file?',
  'outbox.export-text':
    'The file holds the name and the answers of {name}. Everyone who has the file can read it. Give it to your administrator only, and remove it afterwards. The conversation stays here too.',
  'outbox.export-do': 'Yes, save',
  'outbox.persist':
    'Put the app on the home screen of the tablet. Then the tablet never clears away what was not sent yet.',
  'second.badge': 'Second observer asked',
  'second.text':
    'Somebody else looked on {day}. Look for yourself with {name}. You see each other’s answers only when both are done.',
  'second.same':
    'The first observer is the same to {name}. Rather somebody looks who knows {name} in another way. You can simply go on; then the list asks for a third.',
  'switch.title': 'Work with switches',
  'switch.off': 'No',
  'switch.one': 'One switch',
  'switch.two': 'Two switches',
  'switch.one-text':
    'A ring goes along everything you can choose. Press the switch when the ring is at the right place.',
  'switch.two-text': 'One switch goes on to the next. The other one chooses.',
  'switch.speed': 'How long the ring stays',
  'switch.seconds': '{n} s',
  'switch.speak': 'Say where the ring is',
  'switch.key-first': 'Key of the switch',
  'switch.key-second': 'Or this key',
  'switch.key-next': 'Key to go on',
  'switch.key-press': 'Key to choose',
  'switch.listening': 'Press the switch now…',
  'switch.space': 'Space bar',
};
