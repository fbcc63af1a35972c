package io.brrtrouter.testing;

import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ConfigException;
import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.testing.telemetry.OtlpReceiver;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One run of a test class, with its server and client. */
final class BrrtInvocation
    implements ClassTemplateInvocationContext,
        BeforeClassTemplateInvocationCallback,
        AfterClassTemplateInvocationCallback,
        ParameterResolver {
  private final BrrtTest settings;
  private final Speed speed;
  private final Breaches breaches = new Breaches();
  private @Nullable BrrtServer server;
  private @Nullable BrrtClient client;
  private @Nullable Resources resources;
  private @Nullable OtlpReceiver receiver;

  BrrtInvocation(BrrtTest settings, Speed speed) {
    this.settings = settings;
    this.speed = speed;
  }

  @Override
  public String getDisplayName(int index) {
    return switch (speed) {
      case IN_PROCESS -> "in process";
      case SOCKET -> "over a socket";
    };
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public void beforeClassTemplateInvocation(ExtensionContext context) {
    BrrtExtension.begin(context);
    BrrtApplication application = application(settings.value());
    receiver = settings.telemetry() ? OtlpReceiver.start() : null;
    BrrtServer started = start(application, config(application.settings()));
    server = started;
    BrrtClient ignorant =
        switch (speed) {
          case IN_PROCESS -> BrrtClient.inProcess(started);
          case SOCKET -> BrrtClient.at(URI.create(started.url()));
        };
    client = ignorant.informedBy(breaches);
  }

  private BrrtServer start(BrrtApplication application, ServerConfig config) {
    Resources kept = Resources.of(config);
    resources = kept;
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(Path.of(settings.document()))
            .config(config)
            .resources(kept)
            .mock(settings.mock())
            .listener(breaches)
            .output(new PrintStream(OutputStream.nullOutputStream()));
    try {
      application.configure(builder, kept);
      return switch (speed) {
        case IN_PROCESS -> builder.startInProcess();
        case SOCKET -> builder.start();
      };
    } catch (RuntimeException failure) {
      kept.close();
      if (receiver != null) {
        receiver.close();
      }
      throw failure;
    }
  }

  private ServerConfig config(List<DeclaredSetting> declared) {
    ServerConfig config =
        surroundings()
            .declaringInTests(declared)
            .with("port", "0")
            .with("responses.check", "enforce")
            .with("log.access", "false");
    Map<String, String> changes = new LinkedHashMap<>();
    List<String> mistakes = new ArrayList<>();
    for (String setting : settings.settings()) {
      String[] nameAndValue = setting.split("=", 2);
      if (nameAndValue.length == 2) {
        changes.put(nameAndValue[0].strip(), nameAndValue[1].strip());
      } else {
        mistakes.add("a setting is written name=value, not \"" + setting + "\"");
      }
    }
    try {
      config = config.with(changes);
    } catch (ConfigException wrong) {
      mistakes.add(wrong.getMessage());
    }
    if (!mistakes.isEmpty()) {
      throw new ExtensionConfigurationException(String.join("\n", mistakes));
    }
    return config;
  }

  private ServerConfig surroundings() {
    OtlpReceiver collector = receiver;
    return collector == null
        ? ServerConfig.defaults()
        : ServerConfig.read(Optional.empty(), collector.environment(), Map.of());
  }

  private static BrrtApplication application(Class<? extends BrrtApplication> type) {
    if (type == BrrtApplication.class) {
      return (_, _) -> {};
    }
    try {
      Constructor<? extends BrrtApplication> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException failure) {
      throw new ExtensionConfigurationException(
          type.getName() + " needs a constructor without parameters that does not fail", failure);
    }
  }

  @Override
  public void afterClassTemplateInvocation(ExtensionContext context) {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
    if (receiver != null) {
      receiver.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return isOffered(parameter);
  }

  /** {@return whether a parameter asks for what every invocation has} */
  static boolean isOffered(ParameterContext parameter) {
    Class<?> type = parameter.getParameter().getType();
    return type == BrrtClient.class
        || type == BrrtServer.class
        || type == Resources.class
        || type == OtlpReceiver.class;
  }

  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == OtlpReceiver.class && receiver == null) {
      throw new ParameterResolutionException(
          "nothing receives telemetry here: say @BrrtTest(telemetry = true)");
    }
    return type == BrrtClient.class
        ? client
        : type == BrrtServer.class ? server : type == Resources.class ? resources : receiver;
  }
}
