package trainyard.scenario.verify.sgd.form;

import trainyard.scenario.verify.RowParameters;
import trainyard.training.analytic.AsyncQuadratic;
import trainyard.training.analytic.NoisyQuadraticSgd;

/** Exact moments of SGD on a quadratic with noise. */
public final class QuadraticForms {

    private QuadraticForms() {}

    static void addTo(GoldenForms forms) {
        forms.add("e\\[w_t\\^2\\] sync minibatch", row -> batched(row).meanSquare(row.number("w0"), row.whole("T")));
        forms.add("stationary e\\[w\\^2\\] sync minibatch", row -> batched(row).stationary());
        forms.add(
                "stationary expected loss sync minibatch",
                row -> batched(row).loss(batched(row).stationary()));
        forms.add(
                "e\\[w_t\\^2\\] fixed delay.*",
                row -> batched(row).meanSquare(row.number("w0"), row.whole("T"), row.whole("tau")));
        forms.add("stationary e\\[w\\^2\\] fixed delay", row -> batched(row).stationary(row.whole("tau")));
        forms.add(
                "stationary expected loss fixed delay",
                row -> batched(row).loss(batched(row).stationary(row.whole("tau"))));
        forms.add("error-floor ratio delayed/undelayed.*", row -> unit(row).floorRatio(row.whole("tau")));
        addAsync(forms);
    }

    private static void addAsync(GoldenForms forms) {
        forms.add("e\\[w_n\\] after n pushes.*", row -> async(row).mean(row.number("w0"), row.whole("updates")));
        forms.add(
                "e\\[w_n\\^2\\] after n pushes.*",
                row -> async(row).meanSquare(row.number("w0"), row.whole("updates")));
        forms.add(
                "stationary e\\[w\\^2\\], async exp workers", row -> async(row).stationary());
        forms.add(
                "error-floor ratio async/1-worker.*",
                row -> new AsyncQuadratic(row.whole("P"), unit(row)).floorRatio());
        forms.add("max lr\\*lambda, mean-square stable.*", row -> AsyncQuadratic.limit(row.whole("P")));
        forms.add("max lr\\*lambda, mean stable.*", row -> AsyncQuadratic.meanLimit(row.whole("P")));
        forms.add("implicit momentum coefficient", row -> AsyncQuadratic.implicitMomentum(row.whole("P")));
    }

    /** The quadratic of a row with the noise of one worker. */
    public static NoisyQuadraticSgd of(RowParameters row) {
        return new NoisyQuadraticSgd(row.number("lr"), row.number("lam"), row.number("sigma2"));
    }

    /** The same with the mean over a batch, where the row states one. */
    static NoisyQuadraticSgd batched(RowParameters row) {
        return of(row).averaged(row.numberOr("batch", 1));
    }

    /** The same with noise of variance 1, for what does not depend on it. */
    public static NoisyQuadraticSgd unit(RowParameters row) {
        return new NoisyQuadraticSgd(row.number("lr"), row.number("lam"), 1);
    }

    private static AsyncQuadratic async(RowParameters row) {
        return new AsyncQuadratic(row.whole("P"), of(row));
    }
}
