package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.WebSocketExtension.Messages;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.server.decode.BodyDecoder;
import io.brrtrouter.server.decode.DecodedBody;
import io.brrtrouter.server.decode.MediaDecoder;
import io.brrtrouter.server.decode.RequestViolation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the document says about the messages of a WebSocket. Immutable, and safe for use by many
 * threads.
 */
public final class MessageContract {
  /** Says nothing. */
  static final MessageContract NONE =
      new MessageContract(
          List.of(), null, null, JsonLimits.DEFAULT, new ResponseCheckMode.Off(), "");

  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.contract");

  private final List<String> subprotocols;
  private final @Nullable Direction ofClient;
  private final @Nullable Direction ofServer;
  private final JsonLimits json;
  private final ResponseCheckMode mode;
  private final String handler;

  private MessageContract(
      List<String> subprotocols,
      @Nullable Direction ofClient,
      @Nullable Direction ofServer,
      JsonLimits json,
      ResponseCheckMode mode,
      String handler) {
    this.subprotocols = subprotocols;
    this.ofClient = ofClient;
    this.ofServer = ofServer;
    this.json = json;
    this.mode = mode;
    this.handler = handler;
  }

  /**
   * What is wrong with a message.
   *
   * @param kind whether none of its kind, text or binary, may be sent
   * @param message a clause, with the place
   */
  public record Complaint(boolean kind, String message) {}

  /**
   * Messages of one side.
   *
   * @param content judges them
   * @param text reads text; null if there may be none
   * @param binary whether there may be others
   */
  private record Direction(BodyDecoder content, @Nullable MediaDecoder text, boolean binary) {

    static Direction of(Messages declared, BodyDecoder content) {
      return new Direction(
          content,
          declared.text().keySet().stream().findFirst().map(content::select).orElse(null),
          !declared.binary().isEmpty());
    }

    @Nullable Complaint complaint(boolean isText, byte[] octets) {
      if (!isText) {
        return binary ? null : new Complaint(true, "no binary messages are taken");
      }
      if (text == null) {
        return new Complaint(true, "no text messages are taken");
      }
      return switch (content.decode(text, octets)) {
        case DecodedBody.Value _,
            DecodedBody.Bound _,
            DecodedBody.Drifted _,
            DecodedBody.Absent _ ->
            null;
        case DecodedBody.Missing _ -> new Complaint(false, "the message is empty");
        case DecodedBody.Malformed(int line, int column, String message) ->
            new Complaint(
                false,
                line == 0 ? message : "line %d, column %d: %s".formatted(line, column, message));
        case DecodedBody.TooLarge(String message) -> new Complaint(false, message);
        case DecodedBody.Invalid(List<RequestViolation> wrong, int _) ->
            new Complaint(false, described(wrong.getFirst()));
      };
    }

    private static String described(RequestViolation wrong) {
      return (wrong.pointer().isEmpty() ? "" : wrong.pointer() + ": ") + wrong.message();
    }
  }

  /** {@return what the document says of an operation, which may be no WebSocket} */
  static MessageContract compile(
      Operation operation, ResponseCheckMode mode, String handler, SchemaPrograms schemas) {
    return operation
        .webSocket()
        .map(said ->
            new MessageContract(
                said.subprotocols(),
                said.fromClient()
                    .map(sent -> Direction.of(sent, schemas.clientMessages(sent.content())))
                    .orElse(null),
                said.fromServer()
                    .map(sent -> Direction.of(sent, schemas.content(sent.content())))
                    .orElse(null),
                schemas.json(),
                mode,
                handler))
        .orElse(NONE);
  }

  /** {@return the subprotocols of the operation, the preferred one first} */
  public List<String> subprotocols() {
    return subprotocols;
  }

  /** {@return bounds on messages that are JSON} */
  public JsonLimits json() {
    return json;
  }

  /**
   * {@return what is wrong with a message that a client sent, null if nothing is}
   *
   * @param text whether it is text
   * @param octets the message
   */
  public @Nullable Complaint ofClient(boolean text, byte[] octets) {
    return ofClient == null ? null : ofClient.complaint(text, octets);
  }

  /**
   * {@return whether this judges what is sent as another one does, so that one verdict will do}
   *
   * @param other the contract of another WebSocket
   */
  public boolean judgesAs(MessageContract other) {
    return Objects.equals(ofServer, other.ofServer) && mode.equals(other.mode);
  }

  /**
   * Judges a message that a handler is about to send, as responses are checked.
   *
   * @param text whether it is text
   * @param octets the message
   * @throws IllegalArgumentException if the document does not allow it, and that is enforced
   */
  public void requireOfServer(boolean text, byte[] octets) {
    if (ofServer == null || mode instanceof ResponseCheckMode.Off) {
      return;
    }
    Complaint complaint = ofServer.complaint(text, octets);
    if (complaint == null) {
      return;
    }
    if (mode instanceof ResponseCheckMode.Enforce) {
      throw new IllegalArgumentException(
          "the API description does not allow this message: " + complaint.message());
    }
    LOG.warn(
        "handler {} sent a message that the document does not allow: {}",
        handler,
        complaint.message());
  }
}
