// Texts about the tablet itself: room, clock, what could not be sent, a second observer, switches.
export const deviceNl = {
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
} as const;

export const deviceEn: Record<keyof typeof deviceNl, string> = {
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
};
