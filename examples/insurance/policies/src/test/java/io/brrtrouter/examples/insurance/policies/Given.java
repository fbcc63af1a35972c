package io.brrtrouter.examples.insurance.policies;

import io.brrtrouter.testing.BrrtClient;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a test needs to be there, each made anew. */
final class Given {
  static final String CAR =
      """
      {"product": "motor", "driver_born": "1988-07-12", "years_without_claim": 7, "vehicle": {"vin": "WVWZZZ1JZXW000001", "fuel": "electric",
       "first_registered": "2024-03-01", "value": {"amount": "32000.00", "currency": "EUR"}}}
      """;

  static final String HOME =
      """
      {"product": "home", "living_area": 80, "covers": ["fire", "water"],
       "address": {"street": "Lindenweg 4", "postal_code": "10115", "city": "Berlin", "country": "DE"}}
      """;

  static final String JOURNEY =
      """
      {"product": "travel", "region": "world", "travellers": 2, "last_day": "%s"}
      """
          .formatted(tomorrow().plusDays(9));

  static final String PERSON =
      """
      {"name": "Mia Sommer", "born": "1990-01-31", "email": "mia@example.com",
       "address": {"street": "Am Markt 1", "postal_code": "1010", "city": "Wien", "country": "AT"}}
      """;

  static final String DEBIT = "{\"iban\": \"DE89370400440532013000\"}";

  private static final Pattern NAME = Pattern.compile("\\$(\\w+)");

  private static final Map<String, Function<BrrtClient, Object>> THINGS = new LinkedHashMap<>();

  static {
    THINGS.put("person", Given::person);
    THINGS.put("quote", client -> quote(client, CAR));
    THINGS.put("journey", client -> quote(client, JOURNEY));
    THINGS.put("taken", Given::takenQuote);
    THINGS.put("policy", client -> policy(client, CAR));
    THINGS.put("cancelled", Given::cancelledPolicy);
    THINGS.put("renewal", Given::renewal);
    THINGS.put("nobody", _ -> UUID.randomUUID());
    THINGS.put("yesterday", _ -> tomorrow().minusDays(2));
    THINGS.put("tomorrow", _ -> tomorrow());
  }

  private Given() {}

  static LocalDate tomorrow() {
    return LocalDate.now(ZoneOffset.UTC).plusDays(1);
  }

  /** {@return a text whose {@code $names} stand for things that are there now} */
  static String with(String text, BrrtClient client) {
    return NAME.matcher(text)
        .replaceAll(
            name -> Matcher.quoteReplacement(THINGS.get(name.group(1)).apply(client).toString()));
  }

  static String person(BrrtClient client) {
    return client.post("/people").json(PERSON).send().expect(201).json().path("id").asString();
  }

  static String quote(BrrtClient client, String risk) {
    return client
        .post("/quotes")
        .json("{\"starts\": \"%s\", \"risk\": %s}".formatted(tomorrow(), risk))
        .send()
        .expect(201)
        .json()
        .path("id")
        .asString();
  }

  static String policy(BrrtClient client, String risk) {
    return accept(client, quote(client, risk), "yearly");
  }

  static String accept(BrrtClient client, String quote, String instalments) {
    return client
        .post("/quotes/" + quote + "/acceptance")
        .json(acceptance(person(client), instalments))
        .send()
        .expect(201)
        .json()
        .path("number")
        .asString();
  }

  static String acceptance(String person, String instalments) {
    return "{\"holder\": \"%s\", \"instalments\": \"%s\", \"payment\": %s}"
        .formatted(person, instalments, DEBIT);
  }

  private static String takenQuote(BrrtClient client) {
    String quote = quote(client, CAR);
    accept(client, quote, "yearly");
    return quote;
  }

  private static String cancelledPolicy(BrrtClient client) {
    String number = policy(client, CAR);
    client
        .post("/policies/" + number + "/cancellation")
        .json("{\"reason\": \"sold\", \"last_day\": \"%s\"}".formatted(tomorrow()))
        .send()
        .expect(200);
    return number;
  }

  private static String renewal(BrrtClient client) {
    return client
        .post("/renewals")
        .json("{\"ends_until\": \"2020-01-01\"}")
        .send()
        .expect(202)
        .json()
        .path("id")
        .asString();
  }
}
