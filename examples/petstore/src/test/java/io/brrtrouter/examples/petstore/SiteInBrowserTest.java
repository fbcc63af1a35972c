package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.testing.BrrtClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The pages of {@code site} in a real browser, with the shop in a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class SiteInBrowserTest {
  /** Where pictures of the pages go, for people to look at; nowhere unless set. */
  private static final String PICTURES = System.getProperty("petstore.pictures", "");

  private Path directory;
  private Browser browser;
  private Served shop;

  /** A shop at a port that stays the same when it is started again. */
  private record Served(Process process, BufferedReader said, URI url) implements AutoCloseable {
    static Served start(Path directory, int port) throws Exception {
      Process process =
          ShopProcess.start(
              Map.of("BRRTR_DATABASE_URL", "jdbc:h2:async:" + directory.resolve("shop")), port);
      BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
      return new Served(process, said, ShopProcess.url(said));
    }

    URI at(String path) {
      return url.resolve(path);
    }

    BrrtClient client() {
      return BrrtClient.at(url);
    }

    @Override
    public void close() throws IOException {
      process.toHandle().destroy();
      process.onExit().join();
      said.close();
    }
  }

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    Browser.require();
    directory = temporary;
    shop = Served.start(directory, 0);
    browser = new Browser();
  }

  @AfterAll
  void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (shop != null) {
      shop.close();
    }
  }

  private Browser.Page page() throws Exception {
    Browser.Page page = browser.open(shop.at("/live/"));
    page.await("document.getElementById('photos')?.children.length");
    return page;
  }

  private static void keep(Browser.Page page, String name) throws Exception {
    if (!PICTURES.isEmpty()) {
      Files.write(Files.createDirectories(Path.of(PICTURES)).resolve(name), page.picture());
    }
  }

  @Test
  void an_adoption_is_shown_and_what_was_missed_too() throws Exception {
    try (Browser.Page page = page()) {
      page.await("document.getElementById('feed-state').textContent === 'watching'");
      page.submit("adopt");
      page.await("document.querySelectorAll('#feed li').length === 1");
      assertThat(page.text("document.querySelector('#feed li span').textContent"))
          .endsWith("may have a home");
      assertThat(page.text("document.getElementById('adopt-result').textContent"))
          .endsWith("is kept for ada.");

      int port = shop.url().getPort();
      shop.close();
      page.await("document.getElementById('feed-state').textContent !== 'watching'");
      // Adopted while the page hears nothing: another process has the database meanwhile.
      String missed;
      try (Served elsewhere = Served.start(directory, 0);
          BrrtClient client = elsewhere.client()) {
        missed = Given.adopted(client);
      }
      shop = Served.start(directory, port);

      page.await("document.querySelectorAll('#feed li').length === 2");
      assertThat(page.text("document.querySelector('#feed li a').getAttribute('href')"))
          .isEqualTo(missed);
      page.await("document.getElementById('feed-state').textContent === 'watching'");
    }
  }

  @Test
  void two_pages_talk_with_each_other() throws Exception {
    try (Browser.Page ada = page();
        Browser.Page grace = page();
        Browser.Page other = page()) {
      ada.fill("chat-name", "ada");
      ada.submit("enter");
      ada.await("document.getElementById('chat-state').textContent.endsWith('alone')");
      ada.fill("chat-text", "Is anybody there?");
      ada.submit("say");
      ada.await("document.getElementById('chat').textContent.includes('Is anybody')");

      grace.fill("chat-name", "grace");
      grace.submit("enter");
      grace.await("document.getElementById('chat').textContent.includes('ada: Is anybody there?')");
      grace.fill("chat-text", "<b>Me</b> & my dog");
      grace.submit("say");

      ada.await("document.getElementById('chat').textContent.includes('grace has come')");
      ada.await(
          "document.getElementById('chat').textContent.includes('grace: <b>Me</b> & my dog')");
      assertThat(ada.text("document.getElementById('chat-state').textContent"))
          .isEqualTo("in the room about dogs, with one other");
      keep(ada, "chat.png");

      other.fill("chat-name", "ada");
      other.submit("enter");
      other.await("document.getElementById('chat-state').textContent === 'somebody has that name'");
    }
  }

  @Test
  void a_photo_is_uploaded_shown_and_read_in_part() throws Exception {
    try (Browser.Page page = page()) {
      byte[] png = Arrays.copyOf(Given.PNG, 2_000_000);
      page.choose("#photo-file", Files.write(directory.resolve("dot.png"), png));
      page.fill("photo-caption", "A dot");
      page.submit("upload");

      page.await("document.getElementById('photo-result').textContent !== ''");
      assertThat(page.text("document.getElementById('photo-result').textContent"))
          .isEqualTo("Kept as photo 2.");
      page.await("document.querySelectorAll('#photos img').length === 2");
      page.await("[...document.images].every(image => image.complete && image.naturalWidth > 0)");

      page.value("document.querySelectorAll('#photos button')[1].click()");
      page.await("document.getElementById('range-result').textContent !== ''");
      assertThat(page.text("document.getElementById('range-result').textContent"))
          .isEqualTo("206, 1024 octets, bytes 0-1023/2000000");
      keep(page, "photos.png");

      page.choose("#photo-file", Files.writeString(directory.resolve("a.gif"), "GIF89a"));
      page.submit("upload");
      page.await("document.querySelector('#photo-result.bad')");
      assertThat(page.text("document.getElementById('photo-result').textContent"))
          .contains("must be image/png or image/jpeg");
    }
  }

  @Test
  void nothing_of_the_pages_is_kept_back_by_their_policy() throws Exception {
    try (Browser.Page page = page()) {
      JsonNode problems =
          page.value(
              """
              (async () => {
                const violations = [];
                document.addEventListener('securitypolicyviolation', e => violations.push(e.blockedURI));
                const script = document.createElement('script');
                script.textContent = 'window.inline = true';
                document.body.append(script);
                await new Promise(done => setTimeout(done, 0));
                const unlabelled = [...document.querySelectorAll('input, select')]
                    .filter(control => control.labels.length === 0).map(control => control.id);
                return {violations, inline: window.inline === true, unlabelled};
              })()
              """);

      assertThat(problems.path("inline").asBoolean()).as("scripts in the page run").isFalse();
      assertThat(problems.path("violations").valueStream().map(JsonNode::asString))
          .containsExactly("inline");
      assertThat(problems.path("unlabelled").valueStream()).isEmpty();
    }
  }
}
