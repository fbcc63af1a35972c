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
import io.brrtrouter.examples.petstore.shop.Orders;
import io.brrtrouter.examples.petstore.shop.Period;
import io.brrtrouter.examples.petstore.shop.Shop;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
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
    for (Orders.Entry order : shop.orders().table(Period.ofMonths(month, month))) {
      csv.append(order.id()).append(',').append(order.customer()).append(',');
      csv.append(order.status()).append(',').append(order.total()).append('\n');
    }
    return new GetExportResponse.Ok(csv.toString());
  }

  GetSalesResponse sales(GetSalesRequest request) {
    GetSalesQuestion question = request.question();
    Period period =
        Period.ofMonths(YearMonth.parse(question.from()), YearMonth.parse(question.to()));
    Orders.Group group =
        switch (question.group()) {
          case CUSTOMER -> Orders.Group.CUSTOMER;
          case SPECIES -> Orders.Group.KIND;
        };
    return new GetSalesResponse.Ok(shop.orders().sales(period, group));
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
            pets, shop.users().count(), shop.orders().count(period), all));
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
}
