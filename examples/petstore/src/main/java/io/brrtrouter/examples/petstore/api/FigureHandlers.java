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
import io.brrtrouter.examples.petstore.shop.Period;
import io.brrtrouter.examples.petstore.shop.Shop;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
    for (Order order : shop.orders().placed(Period.ofMonths(month, month))) {
      csv.append(order.id()).append(',').append(order.basket().customer()).append(',');
      csv.append(status(order)).append(',').append(order.total()).append('\n');
    }
    return new GetExportResponse.Ok(csv.toString());
  }

  GetSalesResponse sales(GetSalesRequest request) {
    GetSalesQuestion question = request.question();
    Period period =
        Period.ofMonths(YearMonth.parse(question.from()), YearMonth.parse(question.to()));
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Order order : sold(period)) {
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

  private List<Order> sold(Period period) {
    return shop.orders().placed(period).stream()
        .filter(order -> order.status() != Order.Status.CANCELLED)
        .toList();
  }

  GetStatisticsResponse statistics(GetStatisticsRequest request) {
    Period period = period(request.period());
    Map<String, Long> bySpecies = shop.pets().count(period);
    long pets = bySpecies.values().stream().mapToLong(Long::longValue).sum();
    long items = shop.items().count();
    Category all =
        new Category(
            "shop",
            pets + items,
            List.of(
                new CategoryChildrenItem("pets", pets, species(bySpecies)),
                new CategoryChildrenItem("items", items, List.of())));
    return new GetStatisticsResponse.Ok(
        new GetStatisticsResponseBody(
            pets, shop.users().all().size(), shop.orders().count(period), all));
  }

  private static Period period(@Nullable GetStatisticsPeriod period) {
    return period == null
        ? Period.ofDays(null, null)
        : Period.ofDays(period.since(), period.until());
  }

  private static List<CategoryChildrenItem> species(Map<String, Long> counts) {
    return Stream.of(Species.values())
        .map(Species::value)
        .map(name -> new CategoryChildrenItem(name, counts.getOrDefault(name, 0L), List.of()))
        .toList();
  }

  private static String status(Order order) {
    return order.status().name().toLowerCase(Locale.ROOT);
  }
}
