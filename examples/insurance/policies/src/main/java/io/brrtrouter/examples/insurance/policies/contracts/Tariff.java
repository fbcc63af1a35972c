package io.brrtrouter.examples.insurance.policies.contracts;

import io.brrtrouter.examples.insurance.common.Euros;
import io.brrtrouter.examples.insurance.policies.generated.model.Cover;
import io.brrtrouter.examples.insurance.policies.generated.model.Fuel;
import io.brrtrouter.examples.insurance.policies.generated.model.HomeRisk;
import io.brrtrouter.examples.insurance.policies.generated.model.MotorRisk;
import io.brrtrouter.examples.insurance.policies.generated.model.Premium;
import io.brrtrouter.examples.insurance.policies.generated.model.Product;
import io.brrtrouter.examples.insurance.policies.generated.model.ProductName;
import io.brrtrouter.examples.insurance.policies.generated.model.Risk;
import io.brrtrouter.examples.insurance.policies.generated.model.TravelRisk;
import io.brrtrouter.examples.insurance.policies.generated.model.TravelRiskRegion;
import io.brrtrouter.examples.insurance.policies.generated.model.Vehicle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** What insurance costs. The same risk costs the same to the cent, whenever it is asked. */
public final class Tariff {
  private static final Set<String> COUNTRIES = Set.of("DE", "AT", "CH");
  private static final Euros MOST_VALUE = Euros.of("150000.00");
  private static final BigDecimal VALUE_UNIT = new BigDecimal("100000");
  private static final int DRIVING_AGE = 17;
  private static final int LONGEST_JOURNEY = 365;

  private static final List<Product> PRODUCTS =
      List.of(
          new Product(ProductName.Known.MOTOR, "A car", new BigDecimal("0.1900")),
          new Product(ProductName.Known.HOME, "What is in a home", new BigDecimal("0.1634")),
          new Product(ProductName.Known.TRAVEL, "A journey", new BigDecimal("0.1900")));

  Tariff() {}

  /** {@return what can be insured} */
  public List<Product> products() {
    return PRODUCTS;
  }

  /**
   * {@return the last day of insurance that starts on a day}
   *
   * @param risk what is insured
   * @param starts the first day
   */
  static LocalDate lastDay(Risk risk, LocalDate starts) {
    return risk instanceof TravelRisk travel ? travel.lastDay() : starts.plusYears(1).minusDays(1);
  }

  /**
   * {@return what insurance of a risk costs for its whole term}
   *
   * @param risk the risk
   * @param starts the first day
   * @throws Uninsurable when we do not insure it
   */
  public Premium premium(Risk risk, LocalDate starts) throws Uninsurable {
    Calculation calculation =
        switch (risk) {
          case MotorRisk motor -> motor(motor, starts);
          case HomeRisk home -> home(home);
          case TravelRisk travel -> travel(travel, starts);
        };
    return calculation.premium(taxRate(risk));
  }

  private static BigDecimal taxRate(Risk risk) {
    return PRODUCTS.stream()
        .filter(product -> product.name().value().equals(risk.product()))
        .findFirst()
        .orElseThrow()
        .taxRate();
  }

  private static Calculation motor(MotorRisk risk, LocalDate starts) throws Uninsurable {
    Vehicle vehicle = risk.vehicle();
    Euros value = value(vehicle);
    if (vehicle.firstRegistered().isAfter(starts)) {
      throw new Uninsurable("The car is registered after the insurance starts.");
    }
    int age = Period.between(risk.driverBorn(), starts).getYears();
    if (age < DRIVING_AGE) {
      throw new Uninsurable("Nobody drives before they are " + DRIVING_AGE + ".");
    }
    Calculation calculation = base(vehicle.fuel());
    calculation.times(
        "Worth " + value,
        BigDecimal.ONE.add(value.amount().divide(VALUE_UNIT, 4, RoundingMode.HALF_EVEN)));
    if (Period.between(vehicle.firstRegistered(), starts).getYears() >= 10) {
      calculation.times("An old car", "1.1");
    }
    if (age < 25) {
      calculation.times("A young driver", age < 21 ? "1.8" : "1.35");
    }
    calculation.times("Years without a claim", bonus(risk.yearsWithoutClaim()));
    return calculation;
  }

  private static Euros value(Vehicle vehicle) throws Uninsurable {
    return Euros.of(vehicle.value())
        .filter(Euros::isPositive)
        .filter(value -> value.compareTo(MOST_VALUE) <= 0)
        .orElseThrow(() ->
            new Uninsurable("The value of a car is in euros and cents, up to " + MOST_VALUE + "."));
  }

  private static Calculation base(Fuel fuel) throws Uninsurable {
    return switch (fuel) {
      case Fuel.Known.PETROL -> new Calculation("A car with petrol", "245.00");
      case Fuel.Known.DIESEL -> new Calculation("A car with diesel", "268.00");
      case Fuel.Known.HYBRID -> new Calculation("A hybrid car", "239.00");
      case Fuel.Known.ELECTRIC -> new Calculation("An electric car", "232.00");
      case Fuel.Other(String name) -> throw new Uninsurable("We know no cars with " + name + ".");
    };
  }

  /** Three percent for each year, until 40 percent are left. */
  private static BigDecimal bonus(int years) {
    return BigDecimal.ONE
        .subtract(new BigDecimal("0.03").multiply(BigDecimal.valueOf(years)))
        .max(new BigDecimal("0.4"));
  }

  private static Calculation home(HomeRisk risk) throws Uninsurable {
    if (!COUNTRIES.contains(risk.address().country())) {
      throw new Uninsurable("We insure homes in Germany, Austria and Switzerland.");
    }
    Calculation calculation =
        new Calculation(
            risk.livingArea() + " square metres",
            Euros.of("1.35").times(BigDecimal.valueOf(risk.livingArea())));
    BigDecimal covers =
        risk.covers().stream().map(Tariff::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
    calculation.times("What it is insured against", covers);
    return calculation;
  }

  private static BigDecimal weight(Cover cover) {
    return new BigDecimal(
        switch (cover) {
          case Cover.Known.FIRE -> "0.6";
          case Cover.Known.WATER -> "0.45";
          case Cover.Known.STORM -> "0.25";
          case Cover.Known.BURGLARY -> "0.3";
          case Cover.Known.GLASS -> "0.1";
          // The document's enum is closed: such a request never comes here.
          case Cover.Other _ -> "0";
        });
  }

  private static Calculation travel(TravelRisk risk, LocalDate starts) throws Uninsurable {
    long days = ChronoUnit.DAYS.between(starts, risk.lastDay()) + 1;
    if (days < 1 || days > LONGEST_JOURNEY) {
      throw new Uninsurable(
          "A journey ends when it starts or within " + LONGEST_JOURNEY + " days.");
    }
    String rate = risk.region() == TravelRiskRegion.Known.EUROPE ? "2.15" : "4.90";
    Calculation calculation =
        new Calculation(
            days + " days for " + risk.travellers(),
            Euros.of(rate).times(BigDecimal.valueOf(days * risk.travellers())));
    if (risk.travellers() >= 5) {
      calculation.times("A group", "0.9");
    }
    return calculation;
  }
}
