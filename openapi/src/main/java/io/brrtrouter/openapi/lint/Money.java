package io.brrtrouter.openapi.lint;

import java.util.Locale;
import java.util.Set;

/** Recognises names of amounts of money. */
final class Money {
  private static final Set<String> WORDS =
      Set.of(
          "amount",
          "amounts",
          "balance",
          "bill",
          "budget",
          "cash",
          "charge",
          "charges",
          "commission",
          "cost",
          "costs",
          "credit",
          "debit",
          "debt",
          "deposit",
          "discount",
          "dividend",
          "donation",
          "due",
          "earnings",
          "equity",
          "expense",
          "expenses",
          "fare",
          "fee",
          "fees",
          "fine",
          "fund",
          "funds",
          "gratuity",
          "income",
          "invoice",
          "loan",
          "margin",
          "msrp",
          "pay",
          "payment",
          "payout",
          "penalty",
          "premium",
          "price",
          "prices",
          "profit",
          "rebate",
          "refund",
          "rent",
          "revenue",
          "royalty",
          "salary",
          "shipping",
          "spend",
          "subtotal",
          "surcharge",
          "tariff",
          "tax",
          "taxes",
          "tip",
          "toll",
          "total",
          "tuition",
          "turnover",
          "vat",
          "wage",
          "wages");

  /** With one of these the name is a share, a count or a time of money, not an amount. */
  private static final Set<String> NOT_AMOUNTS =
      Set.of(
          "rate",
          "percent",
          "percentage",
          "ratio",
          "factor",
          "count",
          "number",
          "days",
          "share",
          "weight");

  private Money() {}

  /** {@return whether one of the words of a name, in any casing, is about money} */
  static boolean isMoney(String name) {
    String spaced = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    String[] words = spaced.split("[^a-z0-9]+", -1);
    boolean money = false;
    for (String word : words) {
      if (NOT_AMOUNTS.contains(word)) {
        return false;
      }
      money |= WORDS.contains(word);
    }
    return money;
  }
}
