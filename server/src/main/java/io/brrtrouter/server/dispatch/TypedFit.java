package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.RequestBody;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.openapi.model.WebSocketExtension.Messages;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.codec.Fingerprint;
import io.brrtrouter.server.decode.BodyBinding;
import io.brrtrouter.server.decode.ParameterBinding;
import io.brrtrouter.server.dispatch.TypedHandler.Bindings.OperationName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far the generated code of an operation may judge by itself.
 *
 * @param bodies how request bodies become Java values
 * @param fused contents whose encoders judge everything the document demands now; compared by
 *     identity
 */
record TypedFit(List<BodyBinding<?>> bodies, Set<ContentBinding<?>> fused) {

  /** No generated code. */
  static final TypedFit NONE = new TypedFit(List.of(), Set.of());

  /**
   * {@return how far the code of a handler fits; nothing of it where it is not generated}
   *
   * @param operation what the document says now
   * @param handler who answers
   * @param schemas gives fingerprints
   * @param findings takes what does not fit
   */
  static TypedFit of(
      Operation operation, Handler handler, SchemaPrograms schemas, List<Finding> findings) {
    return handler instanceof TypedHandler typed
        ? new Comparison(operation, typed.bindings(), schemas, findings).fit()
        : NONE;
  }

  /** Whether code was generated from what the document says. */
  private enum Likeness {
    EQUAL,
    SHAPE,
    NONE
  }

  /** One operation beside what its code was generated from. Used once. */
  private record Comparison(
      Operation operation,
      TypedHandler.Bindings bindings,
      SchemaPrograms schemas,
      List<Finding> findings) {

    TypedFit fit() {
      OperationName now =
          new OperationName(HandlerNames.of(operation), operation.method(), operation.path());
      if (!bindings.operation().equals(now)) {
        ofAnother(now);
        return NONE;
      }
      parameters();
      bindings.conversation().ifPresent(this::conversation);
      return new TypedFit(bodies(), contents());
    }

    private void ofAnother(OperationName now) {
      findings.add(
          new Finding(
              ServingRule.TYPES_OUTDATED.id(),
              Severity.ERROR,
              operation.location(),
              "operation "
                  + now
                  + ": the handler takes "
                  + bindings.javaType()
                  + ", which was generated for "
                  + bindings.operation(),
              "register the handler of this operation, or generate the code again where the document"
                  + " has changed"));
    }

    private void parameters() {
      Set<String> known = new HashSet<>();
      for (ParameterBinding binding : bindings.parameters()) {
        known.add(binding.in() + " " + binding.name());
        parameter(binding)
            .ifPresentOrElse(
                parameter -> parameter(binding, parameter),
                () ->
                    outdated(
                        operation.location(), what(binding) + " is no longer in the document"));
      }
      for (Parameter parameter : operation.parameters()) {
        if (!known.contains(parameter.in() + " " + parameter.name())) {
          outdated(
              parameter.location(),
              parameter.in().word() + " parameter \"" + parameter.name() + "\" is new");
        }
      }
    }

    private Optional<Parameter> parameter(ParameterBinding binding) {
      return operation.parameters().stream()
          .filter(each -> each.in() == binding.in() && each.name().equals(binding.name()))
          .findFirst();
    }

    private void parameter(ParameterBinding binding, Parameter parameter) {
      Optional<Schema> schema =
          parameter
              .schema()
              .or(() ->
                  parameter.content().values().stream().findFirst().flatMap(MediaType::schema));
      if (binding.required() && !parameter.required()) {
        outdated(parameter.location(), what(binding) + " is no longer required");
      } else if (likeness(binding.schema(), schema, View.REQUEST) == Likeness.NONE) {
        outdated(parameter.location(), what(binding) + " has another shape");
      }
    }

    private static String what(ParameterBinding binding) {
      return binding.in().word() + " parameter \"" + binding.name() + "\"";
    }

    private List<BodyBinding<?>> bodies() {
      @Nullable RequestBody body = operation.requestBody().orElse(null);
      Map<String, MediaType> content = body == null ? Map.of() : body.content();
      SourceLocation place = body == null ? operation.location() : body.location();
      if (bindings.bodyRequired() && (body == null || !body.required())) {
        outdated(place, "the request body is no longer required");
      }
      List<BodyBinding<?>> bodies = new ArrayList<>();
      Set<String> known = new HashSet<>();
      for (BodyBinding<?> binding : bindings.bodies()) {
        known.add(binding.mediaType());
        MediaType media = content.get(binding.mediaType());
        if (media == null) {
          outdated(place, "the request body in " + binding.mediaType() + " is no longer there");
          continue;
        }
        switch (likeness(binding, media)) {
          case EQUAL -> bodies.add(binding);
          case SHAPE -> bodies.add(binding.unfused());
          case NONE ->
              outdated(
                  place(media),
                  "the request body in " + binding.mediaType() + " has another shape");
        }
      }
      content.forEach((mediaType, media) -> {
        if (!known.contains(mediaType)) {
          outdated(media.location(), "the request body in " + mediaType + " is new");
        }
      });
      return List.copyOf(bodies);
    }

    private Set<ContentBinding<?>> contents() {
      Set<ContentBinding<?>> fused = Collections.newSetFromMap(new IdentityHashMap<>());
      for (ContentBinding<?> binding : bindings.contents()) {
        String what = "the content of " + binding.status() + " in " + binding.mediaType();
        Response response = operation.responses().get(binding.status());
        MediaType media = response == null ? null : response.content().get(binding.mediaType());
        if (media == null) {
          outdated(
              response == null ? operation.location() : response.location(),
              what + " is no longer there");
          continue;
        }
        switch (likeness(binding, media)) {
          case EQUAL -> {
            if (binding instanceof ContentBinding.JsonContent<?> json && json.fused()) {
              fused.add(binding);
            }
          }
          case SHAPE -> {}
          case NONE -> outdated(place(media), what + " has another shape");
        }
      }
      return fused;
    }

    private void conversation(ConversationBinding<?, ?> then) {
      operation
          .webSocket()
          .ifPresent(now -> {
            messages("clients send", then.fromClient(), now.fromClient(), View.REQUEST);
            messages("the server sends", then.fromServer(), now.fromServer(), View.RESPONSE);
          });
    }

    /** Messages have no media type: only what tells them apart is compared. */
    private void messages(
        String who, MessageBinding<?> then, Optional<Messages> described, View view) {
      boolean known = !(then instanceof MessageBinding.Raw);
      if (described.isEmpty()) {
        if (known) {
          outdated(operation.location(), "what " + who + " is no longer described");
        }
        return;
      }
      Messages now = described.get();
      List<MessageBinding<?>> kinds = kinds(then);
      if (!known || kinds.contains(MessageBinding.OCTETS) == now.binary().isEmpty()) {
        outdated(now.location(), "what " + who + " is of other kinds");
        return;
      }
      MessageBinding<?> text =
          kinds.stream()
              .filter(each -> !each.equals(MessageBinding.OCTETS))
              .findFirst()
              .orElse(null);
      MediaType json =
          now.text().keySet().stream()
              .findFirst()
              .filter(Messages::isJson)
              .flatMap(_ -> now.json())
              .orElse(null);
      if (text instanceof MessageBinding.JsonText<?>(var _, var schema) && json != null) {
        if (likeness(schema, json.schema(), view) == Likeness.NONE) {
          outdated(place(json), "the JSON that " + who + " has another shape");
        }
      } else if (json != null
          || text instanceof MessageBinding.JsonText
          || (text == null) != now.text().isEmpty()) {
        outdated(now.location(), "what " + who + " is of other kinds");
      }
    }

    private static List<MessageBinding<?>> kinds(MessageBinding<?> binding) {
      return switch (binding) {
        case MessageBinding.Several<?>(var kinds) -> {
          List<MessageBinding<?>> all = new ArrayList<>();
          kinds.forEach(each -> all.add(each.content()));
          yield all;
        }
        case MessageBinding.None() -> List.of();
        default -> List.of(binding);
      };
    }

    private static SourceLocation place(MediaType media) {
      return media.schema().or(media::itemSchema).map(Schema::location).orElse(media.location());
    }

    /** Items are judged, also for code that takes the octets of all. */
    private Likeness likeness(BodyBinding<?> binding, MediaType media) {
      boolean items = hasItems(binding.mediaType(), media, View.REQUEST);
      boolean streams =
          OperationExtension.streamsBody(operation)
              && (items || !OperationExtension.storesFiles(binding.mediaType(), media));
      return switch (binding) {
        case BodyBinding.Items<?> described when items && streams ->
            likeness(described.schema(), media.itemSchema(), View.REQUEST);
        case BodyBinding.ItemList<?> described when items && !streams ->
            likeness(described.schema(), media.itemSchema(), View.REQUEST);
        case BodyBinding.Streamed _ when streams -> Likeness.EQUAL;
        case BodyBinding.Value<?> value when !streams && media.itemSchema().isEmpty() ->
            likeness(value.schema(), media.schema(), View.REQUEST);
        case BodyBinding.Octets _
            when !streams && !isValue(binding.mediaType(), media, View.REQUEST) ->
            Likeness.EQUAL;
        case BodyBinding.Items<?> _,
            BodyBinding.ItemList<?> _,
            BodyBinding.Streamed _,
            BodyBinding.Value<?> _,
            BodyBinding.Octets _ ->
            Likeness.NONE;
      };
    }

    private Likeness likeness(ContentBinding<?> binding, MediaType media) {
      boolean items = hasItems(binding.mediaType(), media, View.RESPONSE);
      boolean whole = !items && media.itemSchema().isEmpty();
      return switch (binding) {
        case ContentBinding.Items<?> described when items ->
            likeness(described.schema(), media.itemSchema(), View.RESPONSE);
        case ContentBinding.JsonContent<?> json when whole ->
            likeness(json.schema(), media.schema(), View.RESPONSE);
        case ContentBinding.Text<?> text when whole ->
            likeness(text.schema(), media.schema(), View.RESPONSE);
        case ContentBinding.Octets _
            when !items && !isValue(binding.mediaType(), media, View.RESPONSE) ->
            Likeness.EQUAL;
        case ContentBinding.Items<?> _,
            ContentBinding.JsonContent<?> _,
            ContentBinding.Text<?> _,
            ContentBinding.Octets _ ->
            Likeness.NONE;
      };
    }

    /** Whether code that is generated now has items. */
    private boolean hasItems(String name, MediaType media, View view) {
      boolean described = media.itemSchema().isPresent();
      return switch (SequentialMediaType.of(name).orElse(SequentialMediaType.PARTS)) {
        case JSON_LINES, JSON_SEQUENCE -> described;
        case EVENTS -> view == View.RESPONSE && (described || operation.sse());
        case PARTS -> false;
      };
    }

    /**
     * Whether code that is generated now has a value, by the name of the media type. Of a range
     * that is by the type of its schema, which is not asked here.
     */
    private static boolean isValue(String name, MediaType media, View view) {
      if (media.itemSchema().isPresent()) {
        return false;
      }
      int end = name.indexOf(';');
      String bare = (end < 0 ? name : name.substring(0, end)).strip().toLowerCase(Locale.ROOT);
      if (Messages.isJson(name)) {
        return true;
      }
      if (view == View.RESPONSE) {
        return bare.startsWith("text/")
            && WrittenText.named(WrittenText.charset(name).orElse("utf-8")).isPresent();
      }
      return bare.startsWith("text/")
          || bare.equals("application/x-www-form-urlencoded")
          || (bare.startsWith("multipart/") && media.schema().isPresent());
    }

    private Likeness likeness(Optional<Fingerprint> then, Optional<Schema> now, View view) {
      if (then.isEmpty() || now.isEmpty()) {
        return then.isEmpty() && now.isEmpty() ? Likeness.EQUAL : Likeness.NONE;
      }
      Fingerprint fingerprint = schemas.fingerprint(now.get(), view);
      if (!fingerprint.shape().equals(then.get().shape())) {
        return Likeness.NONE;
      }
      return fingerprint.constraints().equals(then.get().constraints())
          ? Likeness.EQUAL
          : Likeness.SHAPE;
    }

    private void outdated(SourceLocation place, String what) {
      findings.add(
          new Finding(
              ServingRule.TYPES_OUTDATED.id(),
              Severity.ERROR,
              place,
              "operation \""
                  + HandlerNames.of(operation)
                  + "\": "
                  + what
                  + "; "
                  + bindings.javaType()
                  + " was generated from another document",
              "generate the code again, with brrt generate or the Maven plugin"));
    }
  }
}
