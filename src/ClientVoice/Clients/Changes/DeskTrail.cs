using System.Security.Claims;
using ClientVoice.Access;

namespace ClientVoice.Clients.Changes;

/// <summary>Writes what happens at the desk to the audit trail: ids, never names.</summary>
internal sealed class DeskTrail(IAuditTrail audit)
{
    /// <summary>Something was changed: written before the answer.</summary>
    public Task ChangedAsync(HttpContext context, string action, string resource) =>
        audit.NowAsync(Event(context, action, resource), context.RequestAborted);

    /// <summary>Something was read.</summary>
    public void Read(HttpContext context, string action, string resource) => audit.Soon(Event(context, action, resource));

    private static AuditEvent Event(HttpContext context, string action, string resource) =>
        new("person", context.User.PersonId(), action, resource, context.Connection.RemoteIpAddress?.ToString(), "done");
}
