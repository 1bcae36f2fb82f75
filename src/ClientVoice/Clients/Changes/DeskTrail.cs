using ClientVoice.Access;

namespace ClientVoice.Clients.Changes;

/// <summary>Writes what happens at the desk to the audit trail: ids, never names.</summary>
internal sealed class DeskTrail(IAuditTrail audit)
{
    /// <summary>Something was changed: written before the answer.</summary>
    /// <param name="about">The client whom it was about.</param>
    public Task ChangedAsync(HttpContext context, string action, string resource, Guid? about = null) =>
        audit.NowAsync(AuditEvent.Of(context, action, resource, about: about), context.RequestAborted);

    /// <summary>Something was read.</summary>
    /// <param name="about">The client whom it was about.</param>
    public void Read(HttpContext context, string action, string resource, Guid? about = null) => audit.Soon(AuditEvent.Of(context, action, resource, about: about));

    /// <summary>Something was read about several clients at once: an event for each, so that "who read about this client" finds them all.</summary>
    public void Read(HttpContext context, string action, string resource, IEnumerable<Guid> about)
    {
        foreach (var client in about.Distinct())
        {
            Read(context, action, resource, client);
        }
    }
}
