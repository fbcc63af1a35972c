package io.brrtrouter.examples.insurance.policies.contracts;

import io.brrtrouter.examples.insurance.common.Euros;
import io.brrtrouter.examples.insurance.policies.generated.model.BankTransfer;
import io.brrtrouter.examples.insurance.policies.generated.model.CardPayment;
import io.brrtrouter.examples.insurance.policies.generated.model.Cover;
import io.brrtrouter.examples.insurance.policies.generated.model.DirectDebit;
import io.brrtrouter.examples.insurance.policies.generated.model.Fuel;
import io.brrtrouter.examples.insurance.policies.generated.model.HomeRisk;
import io.brrtrouter.examples.insurance.policies.generated.model.Instalments;
import io.brrtrouter.examples.insurance.policies.generated.model.MotorRisk;
import io.brrtrouter.examples.insurance.policies.generated.model.Payment;
import io.brrtrouter.examples.insurance.policies.generated.model.Risk;
import io.brrtrouter.examples.insurance.policies.generated.model.TravelRisk;
import io.brrtrouter.examples.insurance.policies.generated.model.TravelRiskRegion;
import io.brrtrouter.examples.insurance.policies.generated.model.Vehicle;
import io.brrtrouter.examples.insurance.shared.model.Address;
import io.brrtrouter.examples.insurance.shared.model.PersonInput;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** The customers an insurer begins with. The claims service knows the same policies. */
final class SampleData {
  private static final UUID ADA = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID EMIL = UUID.fromString("00000000-0000-4000-8000-000000000002");
  private static final Address LINDENWEG = new Address("Lindenweg 4", "10115", "Berlin", "DE");
  private static final Address RINGSTRASSE = new Address("Ringstrasse 12", "8001", "Zürich", "CH");

  private SampleData() {}

  static void addTo(Insurer insurer) {
    LocalDate today = insurer.today();
    insurer.people().put(ADA, person("Ada Berg", "1985-04-02", "ada@example.com", LINDENWEG));
    insurer.people().put(EMIL, person("Emil Kurz", "2003-11-20", "emil@example.com", RINGSTRASSE));

    Payment debit = new DirectDebit("DE89370400440532013000");
    open(insurer, ADA, golf(), today.minusMonths(5), Instalments.Known.MONTHLY, debit);
    open(insurer, ADA, flat(LINDENWEG), today.minusMonths(2), Instalments.Known.QUARTERLY, debit);
    Risk journey = new TravelRisk(TravelRiskRegion.Known.EUROPE, today.plusDays(20), 2);
    Payment card = new CardPayment("tok_4f9a2c71", "2031-08");
    open(insurer, ADA, journey, today.plusDays(7), Instalments.Known.YEARLY, card);
    Payment transfer = new BankTransfer(RINGSTRASSE);
    open(
        insurer,
        EMIL,
        flat(RINGSTRASSE),
        today.minusYears(1).plusDays(15),
        Instalments.Known.YEARLY,
        transfer);
  }

  private static PersonInput person(String name, String born, String email, Address address) {
    return new PersonInput(name, LocalDate.parse(born), email, address);
  }

  private static Risk golf() {
    return new MotorRisk(
        new Vehicle(
            "WVWZZZ1KZAW000321",
            Fuel.Known.PETROL,
            LocalDate.parse("2019-05-14"),
            Euros.of("14900.00").toMoney()),
        LocalDate.parse("1985-04-02"),
        8);
  }

  private static Risk flat(Address address) {
    return new HomeRisk(
        address, 82, List.of(Cover.Known.FIRE, Cover.Known.WATER, Cover.Known.BURGLARY));
  }

  private static void open(
      Insurer insurer,
      UUID holder,
      Risk risk,
      LocalDate starts,
      Instalments instalments,
      Payment payment) {
    try {
      insurer
          .contracts()
          .open(holder, risk, starts, instalments, payment, insurer.tariff().premium(risk, starts));
    } catch (Uninsurable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
