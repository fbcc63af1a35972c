package io.brrtrouter.examples.petstore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestResponse;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Photos that do not fit in one piece, whole and in parts. */
@BrrtTest(InMemory.class)
class PhotosTest {
  /** More than collected bodies may have, and no whole number of pieces. */
  private static final int SIZE = 3_000_001;

  private static final byte[] OCTETS = new byte[SIZE];

  private final BrrtClient client;
  private final String photo;

  static {
    new Random(7).nextBytes(OCTETS);
  }

  PhotosTest(BrrtClient client) {
    this.client = ExampleKeys.manager(client);
    String photos = Given.dogPath(client) + "/photos";
    TestResponse kept =
        this.client.post(photos).file("pictures", "a.jpg", "image/jpeg", OCTETS).send().expect(201);
    assertThat(kept.json().at("/0/size").asInt()).isEqualTo(SIZE);
    photo = photos + "/1";
  }

  @Test
  void are_shown_as_they_came() {
    TestResponse whole = client.get(photo).send().expect(200);

    assertThat(whole.body()).isEqualTo(OCTETS);
    assertThat(whole.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(whole.header("Cache-Control")).contains("immutable");
    String number = photo.replaceAll("\\D+", "-");
    assertThat(whole.header("Content-Disposition"))
        .isEqualTo("inline; filename=\"pet" + number + ".jpg\"");
    assertThat(
            client.get(photo + "?download=true").send().expect(200).header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"pet" + number + ".jpg\"");
  }

  @Test
  void tell_their_size_without_being_sent() {
    TestResponse head = client.head(photo).send().expect(200);

    assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(SIZE));
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=262143-262144, 262143, 262145",
    "bytes=262144-524287, 262144, 524288",
    "bytes=1000-2999999, 1000, 3000000",
    "bytes=2900000-, 2900000, 3000001",
    "bytes=-7, 2999994, 3000001",
  })
  void are_sent_in_the_part_that_is_asked_for(String range, int from, int to) {
    TestResponse part = client.get(photo).header("Range", range).send().expect(206);

    assertThat(part.header("Content-Range"))
        .isEqualTo("bytes " + from + "-" + (to - 1) + "/" + SIZE);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(OCTETS, from, to));
  }

  @Test
  void are_sent_in_several_parts() {
    TestResponse parts = client.get(photo).header("Range", "bytes=0-9,2999991-").send().expect(206);

    assertThat(parts.header("Content-Type")).startsWith("multipart/byteranges");
    assertThat(new String(parts.body(), ISO_8859_1))
        .contains(new String(OCTETS, 0, 10, ISO_8859_1))
        .contains(new String(OCTETS, SIZE - 10, 10, ISO_8859_1))
        .hasSizeLessThan(1_000);
  }

  @Test
  void have_no_part_behind_their_end() {
    TestResponse none = client.get(photo).header("Range", "bytes=3000001-").send().expect(416);

    assertThat(none.header("Content-Range")).isEqualTo("bytes */" + SIZE);
  }

  @Test
  void are_not_sent_to_those_who_have_them() {
    TestResponse first = client.head(photo).send().expect(200);
    String tag = String.valueOf(first.header("ETag"));
    String time = String.valueOf(first.header("Last-Modified"));

    client.get(photo).header("If-None-Match", tag).send().expect(304);
    client.get(photo).header("If-None-Match", "\"other\"").send().expect(200);
    client.get(photo).header("If-Modified-Since", time).send().expect(304);
    client.get(photo).header("If-Match", "\"other\"").send().expect(412);
    client.get(photo).header("Range", "bytes=0-0").header("If-Range", tag).send().expect(206);
    client.get(photo).header("Range", "bytes=0-0").header("If-Range", "\"x\"").send().expect(200);
  }

  @Test
  void have_tags_of_their_own() {
    String photos = photo.substring(0, photo.lastIndexOf('/'));
    client.post(photos).file("pictures", "b.jpg", "image/jpeg", OCTETS).send().expect(201);

    assertThat(client.head(photos + "/2").send().expect(200).header("ETag"))
        .isNotEqualTo(client.head(photo).send().expect(200).header("ETag"));
  }

  @Test
  void may_be_empty() {
    String photos = photo.substring(0, photo.lastIndexOf('/'));
    client.post(photos).file("pictures", "c.png", "image/png", new byte[0]).send().expect(201);

    assertThat(client.get(photos + "/2").send().expect(200).body()).isEmpty();
  }
}
