using Microsoft.OData;
using Microsoft.OData.Json;
using Lifetime = Microsoft.OData.ServiceLifetime;

namespace ClientVoice.Feed.Answer;

/// <summary>ODataLib's parts, with one of ours: text stays readable (é, not \u00e9).</summary>
internal sealed class WriterServices : IContainerBuilder
{
    private readonly IServiceCollection services = new ServiceCollection();

    /// <summary>For all answers; each takes a scope of it.</summary>
    public static IServiceProvider Provider { get; } = Build();

    public IContainerBuilder AddService(Lifetime lifetime, Type serviceType, Type implementationType)
    {
        services.Add(new ServiceDescriptor(serviceType, implementationType, Of(lifetime)));
        return this;
    }

    public IContainerBuilder AddService(Lifetime lifetime, Type serviceType, Func<IServiceProvider, object> implementationFactory)
    {
        services.Add(new ServiceDescriptor(serviceType, implementationFactory, Of(lifetime)));
        return this;
    }

    public IServiceProvider BuildContainer() => services.BuildServiceProvider();

    private static IServiceProvider Build()
    {
        var builder = new WriterServices();
        builder.AddDefaultODataServices();
        builder.services.AddSingleton<IJsonWriterFactory>(new DefaultJsonWriterFactory(ODataStringEscapeOption.EscapeOnlyControls));
        return builder.BuildContainer();
    }

    private static Microsoft.Extensions.DependencyInjection.ServiceLifetime Of(Lifetime lifetime) => lifetime switch
    {
        Lifetime.Singleton => Microsoft.Extensions.DependencyInjection.ServiceLifetime.Singleton,
        Lifetime.Scoped => Microsoft.Extensions.DependencyInjection.ServiceLifetime.Scoped,
        Lifetime.Transient => Microsoft.Extensions.DependencyInjection.ServiceLifetime.Transient,
    };
}
