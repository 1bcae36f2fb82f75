using ClientVoice.Commands;

return await CommandLine.RunAsync(args);
