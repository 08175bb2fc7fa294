package trainyard.scenario.verify.faults.form;

import trainyard.faults.analytic.LemonNodes;
import trainyard.faults.analytic.Straggler;
import trainyard.faults.analytic.WeibullPlatform;
import trainyard.scenario.verify.RowParameters;

/** Families {@code weibull}, {@code lemon}, {@code straggler}: nodes that are not alike, or not for ever. */
final class VariationForms {

    private static final double SECONDS_PER_HOUR = 3_600;

    private VariationForms() {}

    static void addTo(ClosedForms forms) {
        addWeibull(forms);
        forms.add("lemon", "P_fail_24h", row -> lemons(row).failureWithinDayEvenShare());
        forms.add("lemon", "P_fail_24h_binomial", row -> lemons(row).failureWithinDay());
        forms.add(
                "straggler",
                "E_max_normal",
                row -> Straggler.normalSeconds(row.whole("N"), row.number("mu_s"), row.number("sigma_s")));
        forms.add(
                "straggler",
                "E_step_two_point",
                row -> Straggler.twoPointFactor(row.whole("N"), row.number("p"), row.number("slow")));
    }

    private static void addWeibull(ClosedForms forms) {
        String family = "weibull";
        forms.add(family, "E_min_all_new", row -> platform(row).meanFirstFailureSeconds() / SECONDS_PER_HOUR);
        forms.add(family, "platform_mtbf_longrun", row -> platform(row).longRunMtbfSeconds() / SECONDS_PER_HOUR);
        forms.addPattern(
                family,
                "P_no_failure_(\\d{1,6})h_all_new",
                name -> row -> platform(row).survival(seconds(name.group(1))));
        forms.addPattern(
                family,
                "conditional_survival_(\\d{1,6})_(\\d{1,6})",
                name -> row -> platform(row).conditionalSurvival(seconds(name.group(1)), seconds(name.group(2))));
    }

    private static double seconds(String hours) {
        return Integer.parseInt(hours) * SECONDS_PER_HOUR;
    }

    private static WeibullPlatform platform(RowParameters row) {
        return new WeibullPlatform(row.whole("N"), row.number("shape"), SECONDS_PER_HOUR * row.number("node_mtbf_h"));
    }

    private static LemonNodes lemons(RowParameters row) {
        return new LemonNodes(row.whole("N"), row.number("rf"), row.number("lemon_frac"), row.number("mult"));
    }
}
