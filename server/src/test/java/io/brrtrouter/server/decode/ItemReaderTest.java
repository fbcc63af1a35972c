package io.brrtrouter.server.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.InvalidItemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is in memory of items while they come. */
class ItemReaderTest {
  private static final TestSchemas SCHEMAS =
      TestSchemas.of((ObjectNode) JsonMapper.shared().readTree("{\"text\":{\"type\":\"string\"}}"));

  private static final int MOST = 100_000;

  private final List<DecodedBody> refused = new ArrayList<>();
  private final Store store = new Store();

  /** Counts what is held. */
  private static final class Store implements PartStore {
    private long held;
    private long highest;
    private long room = Long.MAX_VALUE;

    @Override
    public void hold(int octets) throws IOException {
      holdValue(octets);
    }

    @Override
    public void holdValue(long bytes) throws IOException {
      held += bytes;
      highest = Math.max(highest, held);
      if (held > room) {
        throw new IOException("no room");
      }
    }

    @Override
    public void release(long bytes) {
      held -= bytes;
      assertThat(held).isNotNegative();
    }

    @Override
    public File begin() {
      throw new IllegalStateException("items are in memory");
    }
  }

  private ItemReader reader(String type, String body) {
    BodyDecoder decoder =
        TestBody.decoder(
            type.split(";")[0],
            TestBody.itemMedia(SCHEMAS.schema("text")),
            true,
            SCHEMAS.compiler());
    return BodyDecoder.items(
            Objects.requireNonNull(decoder.select(type)),
            ContentSource.of(body.getBytes(StandardCharsets.UTF_8)),
            store,
            MOST,
            (_, why) -> refused.add(why))
        .orElseThrow();
  }

  private static String body(String type, List<String> texts) {
    StringBuilder body = new StringBuilder();
    for (String text : texts) {
      body.append(
          switch (type) {
            case "application/jsonl" -> "\"" + text + "\"\n\n \n";
            case "application/json-seq" -> "\u001e\"" + text + "\"\n";
            default -> "--b\r\n\r\n" + text + "\r\n";
          });
    }
    return body + (type.startsWith("multipart") ? "--b--" : "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/jsonl", "application/json-seq", "multipart/mixed; boundary=b"})
  void one_item_is_in_memory_however_many_there_are(String type) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      texts.add("x".repeat(i * 37 % 20_000));
    }
    ItemReader items = reader(type, body(type, texts));
    List<String> read = new ArrayList<>();
    for (Optional<JsonNode> item = items.next(); item.isPresent(); item = items.next()) {
      read.add(item.get().stringValue());
    }
    assertThat(read).isEqualTo(texts);
    assertThat(store.highest).as("octets and value of the longest").isBetween(50_000L, 65_000L);
    assertThat(store.held).isZero();
    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/jsonl", "application/json-seq", "multipart/mixed; boundary=b"})
  void an_item_that_nobody_has_room_for_is_not_read_to_its_end(String type) {
    store.room = 40_000;
    ItemReader items = reader(type, body(type, List.of("x".repeat(90_000))));

    assertThatThrownBy(items::next).isInstanceOf(IOException.class).hasMessage("no room");
    assertThat(store.highest).isLessThan(90_000);
    assertThat(refused).as("not the item's fault").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/jsonl", "application/json-seq", "multipart/mixed; boundary=b"})
  void an_item_that_is_too_large_is_not_read_to_its_end(String type) {
    ItemReader items = reader(type, body(type, List.of("x".repeat(10 * MOST))));

    assertThatThrownBy(items::next).isInstanceOf(InvalidItemException.class);
    assertThat(store.highest).isLessThanOrEqualTo(MOST);
    assertThat(refused).singleElement().isInstanceOf(DecodedBody.TooLarge.class);
  }
}
