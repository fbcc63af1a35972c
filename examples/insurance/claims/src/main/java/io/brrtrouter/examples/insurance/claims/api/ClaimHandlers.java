package io.brrtrouter.examples.insurance.claims.api;

import io.brrtrouter.examples.insurance.claims.casework.ClaimFile;
import io.brrtrouter.examples.insurance.claims.casework.Claims;
import io.brrtrouter.examples.insurance.claims.casework.Cover;
import io.brrtrouter.examples.insurance.claims.casework.Department;
import io.brrtrouter.examples.insurance.claims.generated.api.ChangeClaimRequest;
import io.brrtrouter.examples.insurance.claims.generated.api.ChangeClaimResponse;
import io.brrtrouter.examples.insurance.claims.generated.api.GetClaimRequest;
import io.brrtrouter.examples.insurance.claims.generated.api.GetClaimResponse;
import io.brrtrouter.examples.insurance.claims.generated.api.ListClaimsRequest;
import io.brrtrouter.examples.insurance.claims.generated.api.ListClaimsResponse;
import io.brrtrouter.examples.insurance.claims.generated.api.ReportClaimRequest;
import io.brrtrouter.examples.insurance.claims.generated.api.ReportClaimResponse;
import io.brrtrouter.examples.insurance.claims.generated.model.Burglary;
import io.brrtrouter.examples.insurance.claims.generated.model.CancelledJourney;
import io.brrtrouter.examples.insurance.claims.generated.model.Claim;
import io.brrtrouter.examples.insurance.claims.generated.model.ClaimChange;
import io.brrtrouter.examples.insurance.claims.generated.model.ClaimList;
import io.brrtrouter.examples.insurance.claims.generated.model.ClaimReportInput;
import io.brrtrouter.examples.insurance.claims.generated.model.ClaimStatus;
import io.brrtrouter.examples.insurance.claims.generated.model.Collision;
import io.brrtrouter.examples.insurance.claims.generated.model.Loss;
import io.brrtrouter.examples.insurance.claims.generated.model.WaterDamage;
import io.brrtrouter.examples.insurance.common.Euros;
import io.brrtrouter.examples.insurance.common.Problems;
import io.brrtrouter.examples.insurance.common.Slice;
import io.brrtrouter.examples.insurance.shared.model.Money;
import io.brrtrouter.schema.codec.Field;
import io.brrtrouter.server.dispatch.HandlerFor;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Operations on claims. */
final class ClaimHandlers {
  private static final Predicate<String> ID = Pattern.compile("C-[0-9]{6,10}").asMatchPredicate();

  private final Department department;
  private final Claims claims;

  ClaimHandlers(Department department) {
    this.department = department;
    this.claims = department.claims();
  }

  @HandlerFor("report_claim")
  ReportClaimResponse report(ReportClaimRequest request) {
    ClaimReportInput report = request.body();
    Optional<Cover> cover = department.cover(report.policy());
    if (cover.isEmpty()) {
      return impossible("There is no policy " + report.policy() + ".");
    }
    if (!cover.get().isFor(report.loss())) {
      return impossible("Policy " + report.policy() + " is not for such losses.");
    }
    if (report.happenedAt().isAfter(department.now())) {
      return impossible("It has not happened yet.");
    }
    if (!isInEuros(report.estimate()) || !isInEuros(report.loss())) {
      return impossible("Amounts are in euros and cents.");
    }
    ClaimFile file = claims.open(report);
    return new ReportClaimResponse.Created(file.claim(), "/claims/" + file.claim().id(), tag(file));
  }

  private static ReportClaimResponse impossible(String why) {
    return new ReportClaimResponse.UnprocessableContent(Problems.impossible(why));
  }

  private static boolean isInEuros(@Nullable Money money) {
    return money == null || Euros.of(money).isPresent();
  }

  private static boolean isInEuros(Loss loss) {
    return switch (loss) {
      case Burglary burglary ->
          burglary.stolen().stream().allMatch(each -> isInEuros(each.value()));
      case Collision _, WaterDamage _, CancelledJourney _ -> true;
    };
  }

  @HandlerFor("list_claims")
  ListClaimsResponse list(ListClaimsRequest request) {
    String after = null;
    if (request.cursor() != null) {
      Optional<String> key = Slice.key(request.cursor(), ID);
      if (key.isEmpty()) {
        return new ListClaimsResponse.BadRequest(Problems.badCursor());
      }
      after = key.get();
    }
    Slice<ClaimFile> slice =
        claims.slice(after, file -> isListed(file.claim(), request), request.limit());
    List<Claim> items = slice.items().stream().map(ClaimFile::claim).toList();
    return new ListClaimsResponse.Ok(
        new ClaimList(items, slice.page()), slice.link("/claims", query(request)));
  }

  private static boolean isListed(Claim claim, ListClaimsRequest request) {
    LocalDate day = claim.happenedAt().toLocalDate();
    return (request.policy() == null || request.policy().equals(claim.policy()))
        && (request.status() == null || request.status().contains(claim.status()))
        && (request.kind() == null || request.kind().value().equals(claim.loss().kind()))
        && (request.happenedFrom() == null || !day.isBefore(request.happenedFrom()))
        && (request.happenedTo() == null || !day.isAfter(request.happenedTo()));
  }

  private static Map<String, Object> query(ListClaimsRequest request) {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("limit", request.limit());
    if (request.policy() != null) {
      query.put("policy", request.policy());
    }
    if (request.status() != null) {
      query.put("status", request.status().stream().map(ClaimStatus::value).toList());
    }
    if (request.kind() != null) {
      query.put("kind", request.kind().value());
    }
    if (request.happenedFrom() != null) {
      query.put("happened_from", request.happenedFrom());
    }
    if (request.happenedTo() != null) {
      query.put("happened_to", request.happenedTo());
    }
    return query;
  }

  @HandlerFor("get_claim")
  GetClaimResponse get(GetClaimRequest request) {
    Optional<ClaimFile> found = claims.find(request.claimId());
    if (found.isEmpty()) {
      return new GetClaimResponse.NotFound(Problems.notFound("claim", request.claimId()));
    }
    String tag = tag(found.get());
    return tag.equals(request.ifNoneMatch())
        ? new GetClaimResponse.NotModified(tag)
        : new GetClaimResponse.Ok(found.get().claim(), tag);
  }

  @HandlerFor("change_claim")
  ChangeClaimResponse change(ChangeClaimRequest request) {
    Optional<ClaimFile> found = claims.find(request.claimId());
    if (found.isEmpty()) {
      return new ChangeClaimResponse.NotFound(Problems.notFound("claim", request.claimId()));
    }
    ClaimFile file = found.get();
    if (!request.ifMatch().equals(tag(file))) {
      return new ChangeClaimResponse.PreconditionFailed(Problems.outdated());
    }
    if (file.isClosed()) {
      return new ChangeClaimResponse.Conflict(
          Problems.conflict("The claim is " + file.claim().status().value() + "."));
    }
    Claim changed = patched(file.claim(), request.body());
    if (!isInEuros(changed.estimate())) {
      return new ChangeClaimResponse.UnprocessableContent(
          Problems.impossible("Amounts are in euros and cents."));
    }
    ClaimFile corrected = file.corrected(changed);
    return claims.replace(file, corrected)
        ? new ChangeClaimResponse.Ok(corrected.claim(), tag(corrected))
        : new ChangeClaimResponse.PreconditionFailed(Problems.outdated());
  }

  /** Absent stays, null removes (RFC 7396). */
  private static Claim patched(Claim claim, ClaimChange change) {
    Claim.Builder builder = claim.toBuilder();
    if (change.description() != null) {
      builder.description(change.description());
    }
    switch (change.estimate()) {
      case Field.Absent<Money> _ -> {}
      case Field.Null<Money> _ -> builder.estimate(null);
      case Field.Value<Money>(Money estimate) -> builder.estimate(estimate);
    }
    return builder.build();
  }

  /** {@return the version of a claim as an entity tag (RFC 9110 section 8.8.3)} */
  static String tag(ClaimFile file) {
    return "\"" + file.version() + "\"";
  }
}
