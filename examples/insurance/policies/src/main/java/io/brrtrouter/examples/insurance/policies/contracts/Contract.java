package io.brrtrouter.examples.insurance.policies.contracts;

import io.brrtrouter.examples.insurance.common.Euros;
import io.brrtrouter.examples.insurance.policies.generated.model.Instalments;
import io.brrtrouter.examples.insurance.policies.generated.model.Invoice;
import io.brrtrouter.examples.insurance.policies.generated.model.Payment;
import io.brrtrouter.examples.insurance.policies.generated.model.PolicyStatus;
import io.brrtrouter.examples.insurance.policies.generated.model.Premium;
import io.brrtrouter.examples.insurance.policies.generated.model.Risk;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A version of a contract.
 *
 * @param number its number
 * @param version counts its changes, from 1
 * @param status whether it is in force
 * @param holder who has it
 * @param risk what is insured
 * @param starts the first day
 * @param ends the last day
 * @param instalments how often is paid
 * @param payment how is paid
 * @param premium what it costs
 */
public record Contract(
    String number,
    int version,
    PolicyStatus status,
    UUID holder,
    Risk risk,
    LocalDate starts,
    LocalDate ends,
    Instalments instalments,
    Payment payment,
    Premium premium) {

  /** {@return whether it is in force} */
  public boolean isActive() {
    return status == PolicyStatus.Known.ACTIVE;
  }

  /**
   * {@return the next version, which insures something else}
   *
   * @param other what is insured from now on
   * @param price what that costs
   */
  public Contract insuring(Risk other, Premium price) {
    return new Contract(
        number,
        version + 1,
        status,
        holder,
        other,
        starts,
        Tariff.lastDay(other, starts),
        instalments,
        payment,
        price);
  }

  /**
   * {@return the next version, which is paid in another way}
   *
   * @param other how is paid from now on
   */
  public Contract paidBy(Payment other) {
    return new Contract(
        number, version + 1, status, holder, risk, starts, ends, instalments, other, premium);
  }

  /**
   * {@return the next version, which is not in force}
   *
   * @param now what became of it
   * @param lastDay the last day
   */
  public Contract closed(PolicyStatus now, LocalDate lastDay) {
    return new Contract(
        number, version + 1, now, holder, risk, starts, lastDay, instalments, payment, premium);
  }

  /** {@return when what is to be paid, the premium to the cent together} */
  public List<Invoice> invoices() {
    int count = count(instalments);
    List<Euros> parts = total().split(count);
    List<Invoice> invoices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      invoices.add(new Invoice(starts.plusMonths(i * 12L / count), parts.get(i).toMoney()));
    }
    return invoices;
  }

  private static int count(Instalments instalments) {
    return switch (instalments) {
      case Instalments.Known.YEARLY -> 1;
      case Instalments.Known.HALF_YEARLY -> 2;
      case Instalments.Known.QUARTERLY -> 4;
      case Instalments.Known.MONTHLY -> 12;
      // The document's enum is closed: such a request never comes here.
      case Instalments.Other _ -> 1;
    };
  }

  private Euros total() {
    return Euros.of(premium.total()).orElseThrow();
  }

  /**
   * {@return what was paid until a day for days after the last one}
   *
   * @param lastDay the last day
   * @param today the day
   */
  public Euros refund(LocalDate lastDay, LocalDate today) {
    Euros paid =
        invoices().stream()
            .filter(invoice -> !invoice.due().isAfter(today))
            .map(invoice -> Euros.of(invoice.amount()).orElseThrow())
            .reduce(Euros.ZERO, Euros::plus);
    Euros used = total().share(days(lastDay), days(ends));
    return paid.compareTo(used) > 0 ? paid.minus(used) : Euros.ZERO;
  }

  private long days(LocalDate until) {
    return ChronoUnit.DAYS.between(starts, until) + 1;
  }
}
