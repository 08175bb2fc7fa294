package trainyard.scenario.verify.sgd.form;

import trainyard.scenario.verify.RowParameters;
import trainyard.training.analytic.AsyncQuadratic;
import trainyard.training.analytic.ErrorAtTime;
import trainyard.training.analytic.ErrorBound;
import trainyard.training.analytic.NoisyQuadraticSgd;

/** Error against seconds. */
public final class ErrorTimeForms {

    private ErrorTimeForms() {}

    static void addTo(GoldenForms forms) {
        forms.add("sync time to target.*", ErrorTimeForms::syncSeconds);
        forms.add("async time to (first )?reach target.*", ErrorTimeForms::asyncSeconds);
        forms.add("sync stationary e\\[w\\^2\\].*", row -> sync(row).stationary());
        forms.add("async stationary e\\[w\\^2\\].*", row -> async(row).stationary(row.whole("P") - 1));
        forms.add("e\\[w\\^2\\] at wall-clock t, async exp workers", ErrorTimeForms::meanSquareAt);
        forms.add("error bound k-sync.*", row -> bound(row).fresh(row.number("F0_gap"), row.whole("J")));
        forms.add(
                "error bound k-async.*",
                row -> bound(row).stale(row.number("gamma"), row.number("p0"), row.number("F0_gap"), row.whole("J")));
    }

    private static double syncSeconds(RowParameters row) {
        return ErrorAtTime.syncSecondsTo(
                row.number("target_Ew2"), sync(row), row.number("w0"), row.number("step_time_s"));
    }

    private static double asyncSeconds(RowParameters row) {
        return ErrorAtTime.roundRobinSecondsTo(
                row.number("target_Ew2"), async(row), row.number("w0"), row.whole("P"), row.number("step_time_s"));
    }

    private static double meanSquareAt(RowParameters row) {
        return ErrorAtTime.asyncMeanSquare(
                new AsyncQuadratic(row.whole("P"), QuadraticForms.of(row)),
                row.number("w0"),
                row.number("rate_per_s"),
                row.number("T_s"));
    }

    private static NoisyQuadraticSgd sync(RowParameters row) {
        return quadratic(row, "lr_sync").averaged(row.whole("P"));
    }

    private static NoisyQuadraticSgd async(RowParameters row) {
        return quadratic(row, "lr_async");
    }

    /** The quadratic of a row with the noise of one worker. */
    public static NoisyQuadraticSgd quadratic(RowParameters row, String learningRate) {
        return new NoisyQuadraticSgd(
                row.number(learningRate), row.number("lam"), row.number("sigma2_per_worker_batch"));
    }

    private static ErrorBound bound(RowParameters row) {
        return new ErrorBound(
                row.number("lr"),
                row.number("L"),
                row.number("sigma2"),
                row.number("c"),
                row.whole("K"),
                row.whole("m"));
    }
}
