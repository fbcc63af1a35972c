package io.brrtrouter.examples.insurance.policies.contracts;

import io.brrtrouter.examples.insurance.common.Euros;
import io.brrtrouter.examples.insurance.policies.generated.model.Premium;
import io.brrtrouter.examples.insurance.policies.generated.model.PremiumStep;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A premium step by step; whoever multiplies the steps again gets the same cents. */
final class Calculation {
  private final List<PremiumStep> steps = new ArrayList<>();
  private Euros net;

  Calculation(String reason, Euros base) {
    net = base;
    steps.add(new PremiumStep(reason, BigDecimal.ONE, net.toMoney()));
  }

  Calculation(String reason, String base) {
    this(reason, Euros.of(base));
  }

  void times(String reason, BigDecimal factor) {
    net = net.times(factor);
    steps.add(new PremiumStep(reason, factor, net.toMoney()));
  }

  void times(String reason, String factor) {
    times(reason, new BigDecimal(factor));
  }

  Premium premium(BigDecimal taxRate) {
    Euros tax = net.times(taxRate);
    return new Premium(steps, net.toMoney(), tax.toMoney(), net.plus(tax).toMoney());
  }
}
