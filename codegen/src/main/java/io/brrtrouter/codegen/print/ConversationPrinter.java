package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Binding;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Conversation;
import io.brrtrouter.codegen.model.Conversation.Messages;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.print.Layout.Piece;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Prints what is said on WebSockets: its types, and how a server reads and writes them. */
final class ConversationPrinter {
  private static final String STREAM = "io.brrtrouter.schema.stream.";
  private static final String DISPATCH = "io.brrtrouter.server.dispatch.";

  private ConversationPrinter() {}

  /** {@return the files of messages that are of several kinds} */
  static List<JavaFile> print(Printing printing, Conversation conversation, String what) {
    List<JavaFile> files = new ArrayList<>();
    union(printing, conversation.fromClient(), "A message that clients send on " + what + ".")
        .ifPresent(files::add);
    union(printing, conversation.fromServer(), "A message that the server sends on " + what + ".")
        .ifPresent(files::add);
    return files;
  }

  private static Optional<JavaFile> union(Printing printing, Messages messages, String docs) {
    return messages
        .union()
        .map(name -> {
          Set<String> nested = new HashSet<>(Set.of("Builder"));
          messages.kinds().forEach(each -> nested.add(each.wrapper().orElseThrow()));
          JavaFile file = new JavaFile(printing, name, nested);
          file.docs(new Comment().text(docs));
          file.open("public sealed interface " + name.simpleName() + " {");
          for (Content kind : messages.kinds()) {
            kind(printing, file, name.simpleName(), kind);
            file.gap();
          }
          file.close();
          return file;
        });
  }

  private static void kind(Printing printing, JavaFile file, String union, Content kind) {
    String wrapper = kind.wrapper().orElseThrow();
    RecordPrinter printer = new RecordPrinter(printing, file);
    Component value =
        new Component("value", "value", kind.value(), new Presence.Required(), Docs.NONE);
    file.docs(
        new Comment()
            .text(
                kind.kind() == Content.Kind.BYTES
                    ? "A binary message."
                    : "A text message, " + Markdown.code(kind.mediaType()) + ".")
            .param("value", ("the value. " + Words.constraints(kind.value())).strip()));
    printer.printBare(
        new RecordPrinter.Shape(
            "",
            wrapper,
            union + "." + wrapper,
            List.of(printer.slot(value).unnamed()),
            List.of(union),
            () -> {},
            false,
            () -> {}));
  }

  /** {@return the component of the response that begins the conversation} */
  static Slot slot(JavaFile file, Conversation conversation) {
    String type = file.use(STREAM + "Conversation") + arguments(file, conversation);
    return new Slot(
        "body",
        type,
        () -> "@" + file.use(TypeText.NULLABLE) + " " + type,
        Component.Form.PLAIN,
        false,
        Slot.Copy.NONE,
        Optional.empty(),
        false,
        false,
        "what is said once the WebSocket is open");
  }

  private static String arguments(JavaFile file, Conversation conversation) {
    return "<%s, %s>"
        .formatted(type(file, conversation.fromClient()), type(file, conversation.fromServer()));
  }

  private static String type(JavaFile file, Messages messages) {
    if (!messages.described()) {
      return file.use(STREAM + "RawMessage");
    }
    if (messages.union().isPresent()) {
      return file.use(messages.union().get().qualified());
    }
    return messages.kinds().isEmpty()
        ? file.use("java.lang.Void")
        : new TypeText(file).boxed(messages.kinds().getFirst().value().type());
  }

  /** {@return what an outcome's record is made of that refuses everybody until it is written} */
  static Piece unwritten(String handlerName) {
    return Layout.group(
        word("channel ->"),
        Layout.space(4),
        call(
            "channel.close",
            List.of(
                word("1011"),
                word(Literals.string(StubMethod.cut(handlerName) + " is not written yet")))));
  }

  /** Prints the constants of the messages into a binding; {@return the name of the last one} */
  static String constants(BindingPrinter binding, JavaFile file, Conversation conversation) {
    Piece fromClient = side(binding, file, "FROM_CLIENT", conversation.fromClient());
    Piece fromServer = side(binding, file, "FROM_SERVER", conversation.fromServer());
    String type = file.use(DISPATCH + "ConversationBinding");
    String name = binding.take("MESSAGES");
    binding.constant(
        type + arguments(file, conversation),
        name,
        call("new " + type + "<>", List.of(fromClient, fromServer)));
    return name;
  }

  private static Piece side(
      BindingPrinter binding, JavaFile file, String wanted, Messages messages) {
    String type = file.use(DISPATCH + "MessageBinding");
    if (!messages.described()) {
      return word(type + ".RAW");
    }
    if (messages.kinds().isEmpty()) {
      return word(type + ".NONE");
    }
    if (messages.union().isEmpty()) {
      return content(binding, file, wanted, messages.kinds().getFirst());
    }
    String union = file.use(messages.union().get().qualified());
    List<Piece> kinds = new ArrayList<>();
    for (Content kind : messages.kinds()) {
      String wrapper = union + "." + kind.wrapper().orElseThrow();
      kinds.add(
          call(
              "new " + type + ".Kind<>",
              List.of(
                  content(
                      binding, file, wanted + "_" + CodecBody.upper(kind.wrapper().get()), kind),
                  word(wrapper + ".class"),
                  word(wrapper + "::new"),
                  word(wrapper + "::value"))));
    }
    String name = binding.take(wanted);
    binding.constant(
        type + "<" + union + ">",
        name,
        call(
            "new " + type + ".Several<>",
            List.of(call(file.use("java.util.List") + ".of", kinds))));
    return word(name);
  }

  private static Piece content(
      BindingPrinter binding, JavaFile file, String wanted, Content content) {
    String type = file.use(DISPATCH + "MessageBinding");
    return switch (content.kind()) {
      case TEXT -> word(type + ".TEXT");
      case JSON -> {
        Binding codec = content.binding().orElseThrow();
        String name = binding.take(wanted);
        binding.constant(
            type + "<" + binding.argument(content.value()) + ">",
            name,
            call(
                "new " + type + ".JsonText<>",
                List.of(
                    word(binding.instance(codec.codec())),
                    binding.fingerprint(codec.fingerprint()))));
        yield word(name);
      }
      case BYTES -> word(type + ".OCTETS");
      case FORM, MULTIPART, STREAM, ITEMS ->
          throw new IllegalArgumentException(content.kind() + " is no message");
    };
  }
}
