package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.GetExportRequest;
import io.brrtrouter.examples.petstore.generated.api.GetExportResponse;
import io.brrtrouter.examples.petstore.generated.api.GetSalesRequest;
import io.brrtrouter.examples.petstore.generated.api.GetSalesResponse;
import io.brrtrouter.examples.petstore.generated.api.GetStatisticsRequest;
import io.brrtrouter.examples.petstore.generated.api.GetStatisticsResponse;
import io.brrtrouter.examples.petstore.generated.model.Category;
import io.brrtrouter.examples.petstore.generated.model.CategoryChildrenItem;
import io.brrtrouter.examples.petstore.generated.model.GetSalesQuestion;
import io.brrtrouter.examples.petstore.generated.model.GetStatisticsPeriod;
import io.brrtrouter.examples.petstore.generated.model.GetStatisticsResponseBody;
import io.brrtrouter.examples.petstore.generated.model.Species;
import io.brrtrouter.examples.petstore.shop.Order;
import io.brrtrouter.examples.petstore.shop.Pet;
import io.brrtrouter.examples.petstore.shop.Shop;
import java.math.BigDecimal;
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

/** Operations that count. */
final class FigureHandlers {
  private final Shop shop;

  FigureHandlers(Shop shop) {
    this.shop = shop;
  }

  GetExportResponse export(GetExportRequest request) {
    YearMonth month = YearMonth.of(request.year(), Integer.parseInt(request.month()));
    StringBuilder csv = new StringBuilder("id,customer,status,total\n");
    for (Order order : shop.orders().matching(order -> month(order).equals(month))) {
      csv.append(order.id()).append(',').append(order.basket().customer()).append(',');
      csv.append(status(order)).append(',').append(order.total()).append('\n');
    }
    return new GetExportResponse.Ok(csv.toString());
  }

  GetSalesResponse sales(GetSalesRequest request) {
    GetSalesQuestion question = request.question();
    YearMonth from = YearMonth.parse(question.from());
    YearMonth to = YearMonth.parse(question.to());
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Order order : shop.orders().matching(order -> isSold(order, from, to))) {
      for (Order.Sale sale : order.sales()) {
        String group =
            switch (question.group()) {
              case CUSTOMER -> order.basket().customer();
              case SPECIES -> sale.kind();
            };
        sums.merge(group, sale.amount(), BigDecimal::add);
      }
    }
    return new GetSalesResponse.Ok(sums);
  }

  private static boolean isSold(Order order, YearMonth from, YearMonth to) {
    YearMonth month = month(order);
    return order.status() != Order.Status.CANCELLED && !month.isBefore(from) && !month.isAfter(to);
  }

  GetStatisticsResponse statistics(GetStatisticsRequest request) {
    Predicate<Instant> counted = period(request.period());
    List<Pet> pets = shop.pets().matching(pet -> counted.test(pet.createdAt()));
    int items = shop.items().matching(_ -> true).size();
    Category all =
        new Category(
            "shop",
            pets.size() + items,
            List.of(
                new CategoryChildrenItem("pets", pets.size(), species(pets)),
                new CategoryChildrenItem("items", items, List.of())));
    int orders = shop.orders().matching(order -> counted.test(order.placedAt())).size();
    return new GetStatisticsResponse.Ok(
        new GetStatisticsResponseBody(pets.size(), shop.users().all().size(), orders, all));
  }

  private static List<CategoryChildrenItem> species(List<Pet> pets) {
    return Stream.of(Species.values())
        .map(Species::value)
        .map(name -> new CategoryChildrenItem(name, count(pets, name), List.of()))
        .toList();
  }

  private static long count(List<Pet> pets, String species) {
    return pets.stream().filter(pet -> pet.species().equals(species)).count();
  }

  private static Predicate<Instant> period(@Nullable GetStatisticsPeriod period) {
    LocalDate since = period == null ? null : period.since();
    LocalDate until = period == null ? null : period.until();
    return instant -> {
      LocalDate day = LocalDate.ofInstant(instant, ZoneOffset.UTC);
      return (since == null || !day.isBefore(since)) && (until == null || !day.isAfter(until));
    };
  }

  private static YearMonth month(Order order) {
    return YearMonth.from(order.placedAt().atOffset(ZoneOffset.UTC));
  }

  private static String status(Order order) {
    return order.status().name().toLowerCase(Locale.ROOT);
  }
}
