package io.brrtrouter.examples.petstore.api;

import static io.brrtrouter.examples.petstore.api.Replies.ok;

import io.brrtrouter.examples.petstore.shop.Order;
import io.brrtrouter.examples.petstore.shop.Pet;
import io.brrtrouter.examples.petstore.shop.Shop;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Operations that count. */
public final class FigureHandlers {
  private final Shop shop;

  /**
   * Takes care of figures.
   *
   * @param shop the shop
   */
  public FigureHandlers(Shop shop) {
    this.shop = shop;
  }

  /**
   * Adds the handlers.
   *
   * @param server the server to be
   */
  public void addTo(BrrtServer.Builder server) {
    server
        .handler("get_export", this::export)
        .handler("get_sales", this::sales)
        .handler("get_statistics", this::statistics);
  }

  private HttpResponse export(Request request) {
    YearMonth month =
        YearMonth.of(
            (int) request.pathParameters().integer("year").orElseThrow(),
            Integer.parseInt(request.pathParameters().text("month").orElseThrow()));
    StringBuilder csv = new StringBuilder("id,customer,status,total\n");
    for (Order order : shop.orders().matching(order -> month(order).equals(month))) {
      csv.append(order.id()).append(',').append(order.basket().customer()).append(',');
      csv.append(status(order)).append(',').append(order.total()).append('\n');
    }
    return HttpResponse.bytes(
        200, "text/csv; charset=utf-8", csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse sales(Request request) {
    JsonNode question = request.queryParameters().node("question");
    if (question == null) {
      throw new IllegalStateException("the document requires the parameter");
    }
    YearMonth from = YearMonth.parse(question.path("from").asString());
    YearMonth to = YearMonth.parse(question.path("to").asString());
    boolean byCustomer = question.path("group").asString("species").equals("customer");
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Order order : shop.orders().matching(order -> isSold(order, from, to))) {
      for (Order.Sale sale : order.sales()) {
        String group = byCustomer ? order.basket().customer() : sale.kind();
        sums.merge(group, sale.amount(), BigDecimal::add);
      }
    }
    return ok(sums);
  }

  private static boolean isSold(Order order, YearMonth from, YearMonth to) {
    YearMonth month = month(order);
    return order.status() != Order.Status.CANCELLED && !month.isBefore(from) && !month.isAfter(to);
  }

  private HttpResponse statistics(Request request) {
    Predicate<Instant> counted = period(request.queryParameters().node("period"));
    List<Pet> pets = shop.pets().matching(pet -> counted.test(pet.createdAt()));
    List<Category> species =
        Stream.of("dog", "cat", "bird").map(name -> Category.of(name, pets)).toList();
    int items = shop.items().matching(_ -> true).size();
    Category all =
        new Category(
            "shop",
            pets.size() + items,
            List.of(
                new Category("pets", pets.size(), species),
                new Category("items", items, List.of())));
    int orders = shop.orders().matching(order -> counted.test(order.placedAt())).size();
    return ok(new Statistics(pets.size(), shop.users().all().size(), orders, all));
  }

  private record Statistics(int pets, int users, int orders, Category categories) {}

  private static Predicate<Instant> period(@Nullable JsonNode period) {
    String since = period == null ? "" : period.path("since").asString("");
    String until = period == null ? "" : period.path("until").asString("");
    return instant -> {
      LocalDate day = LocalDate.ofInstant(instant, ZoneOffset.UTC);
      return (since.isEmpty() || !day.isBefore(LocalDate.parse(since)))
          && (until.isEmpty() || !day.isAfter(LocalDate.parse(until)));
    };
  }

  private static YearMonth month(Order order) {
    return YearMonth.from(order.placedAt().atOffset(ZoneOffset.UTC));
  }

  private static String status(Order order) {
    return order.status().name().toLowerCase(Locale.ROOT);
  }

  /** A shelf of the shop with the shelves below it. */
  private record Category(String name, int count, List<Category> children) {

    static Category of(String species, List<Pet> pets) {
      long count = pets.stream().filter(pet -> pet.species().equals(species)).count();
      return new Category(species, (int) count, List.of());
    }
  }
}
