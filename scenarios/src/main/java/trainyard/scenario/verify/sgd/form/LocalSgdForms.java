package trainyard.scenario.verify.sgd.form;

import trainyard.scenario.verify.RowParameters;
import trainyard.training.analytic.LocalSgdFixedPoint;
import trainyard.training.analytic.LocalSgdQuadratic;

/** Local SGD on quadratics. */
final class LocalSgdForms {

    private LocalSgdForms() {}

    static void addTo(GoldenForms forms) {
        forms.add(
                "e\\[wbar\\^2\\] after r rounds.*",
                row -> alike(row).meanSquare(row.number("w0"), row.whole("rounds")));
        forms.add(
                "mean squared deviation of workers from their average.*",
                row -> alike(row).deviation());
        forms.add("fixed point of noiseless local sgd.*", row -> unlike(row).value());
        forms.add("bias of that fixed point.*", row -> unlike(row).bias());
        forms.add("contraction factor per round", row -> unlike(row).contraction());
    }

    private static LocalSgdQuadratic alike(RowParameters row) {
        return new LocalSgdQuadratic(row.whole("P"), row.whole("H"), QuadraticForms.of(row));
    }

    private static LocalSgdFixedPoint unlike(RowParameters row) {
        return new LocalSgdFixedPoint(row.numbers("lams"), row.numbers("optima"), row.number("lr"), row.whole("H"));
    }
}
