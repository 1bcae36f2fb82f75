using ClientVoice.Access;

namespace ClientVoice.Clients.Register;

/// <summary>
/// Something that another room shows on a client's page: rooms above this one know conversations and agreements, this one does not.
/// </summary>
/// <param name="Component">A component with a parameter <c>ClientId</c>.</param>
/// <param name="Right">Who sees it.</param>
internal sealed record ClientSection(int Order, Type Component, Right Right);
