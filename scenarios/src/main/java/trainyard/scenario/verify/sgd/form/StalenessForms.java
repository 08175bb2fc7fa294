package trainyard.scenario.verify.sgd.form;

import java.util.regex.MatchResult;
import trainyard.scenario.verify.RowParameters;
import trainyard.training.analytic.StalenessLaw;

/** How stale gradients are. */
final class StalenessForms {

    private StalenessForms() {}

    static void addTo(GoldenForms forms) {
        forms.add("mean staleness, async exp homogeneous", row -> StalenessLaw.mean(row.whole("P")));
        forms.add("variance of staleness, async exp homogeneous", row -> StalenessLaw.variance(row.whole("P")));
        forms.addPattern(
                "p\\(staleness=(k|\\d{1,6})\\), async exp homogeneous",
                words -> row -> StalenessLaw.mass(row.whole("P"), count(words, row)));
        forms.addPattern(
                "p\\(staleness<=(k|\\d{1,6})\\), async exp homogeneous",
                words -> row -> StalenessLaw.atMost(row.whole("P"), count(words, row)));
        forms.addPattern(
                "p\\(staleness<=(\\d{0,3})p\\), async exp homogeneous",
                words -> row -> StalenessLaw.atMost(row.whole("P"), multiple(words) * row.whole("P")));
        forms.add("staleness, async deterministic equal times.*", row -> StalenessLaw.deterministic(row.whole("P")));
        addHeterogeneous(forms);
        addFamilies(forms);
    }

    private static void addHeterogeneous(GoldenForms forms) {
        forms.add(
                "mean staleness over all updates, async exp heterogeneous",
                row -> StalenessLaw.mean(row.numbers("rates").size()));
        forms.add(
                "mean staleness of worker i, async exp heterogeneous",
                row -> StalenessLaw.meanOfWorker(row.numbers("rates"), row.whole("worker")));
        forms.add(
                "variance of staleness of worker i, async exp heterogeneous",
                row -> StalenessLaw.varianceOfWorker(row.numbers("rates"), row.whole("worker")));
    }

    private static void addFamilies(GoldenForms forms) {
        forms.add(
                "mean staleness \\(versions\\), k-async exp",
                row -> StalenessLaw.kAsyncMean(row.whole("K"), row.whole("P")));
        forms.add(
                "variance of staleness \\(versions\\), k-async exp",
                row -> StalenessLaw.kAsyncVariance(row.whole("K"), row.whole("P")));
        forms.addPattern(
                "p\\(staleness=(k|j|\\d{1,6})\\), k-async exp",
                words -> row -> StalenessLaw.kAsyncMass(row.whole("K"), row.whole("P"), count(words, row)));
        forms.add(
                "mean staleness \\(versions\\), k-batch-async exp",
                row -> StalenessLaw.kBatchAsyncMean(row.whole("K"), row.whole("P")));
        forms.addPattern(
                "p\\(staleness=(k|j|\\d{1,6})\\), k-batch-async exp",
                words -> row -> StalenessLaw.kBatchAsyncMass(row.whole("K"), row.whole("P"), count(words, row)));
    }

    /** The staleness in the words, or in the parameter of that letter. */
    static int count(MatchResult words, RowParameters row) {
        String staleness = words.group(1);
        return Character.isDigit(staleness.charAt(0)) ? Integer.parseInt(staleness) : row.whole(staleness);
    }

    private static int multiple(MatchResult words) {
        return words.group(1).isEmpty() ? 1 : Integer.parseInt(words.group(1));
    }
}
