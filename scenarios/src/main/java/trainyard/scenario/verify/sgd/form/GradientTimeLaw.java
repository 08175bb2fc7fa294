package trainyard.scenario.verify.sgd.form;

import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.Pareto;
import trainyard.sim.random.ShiftedExponential;
import trainyard.sim.random.Uniform;
import trainyard.sim.random.Weibull;

/** The law of the time of one gradient, in seconds, as a row names it. */
public final class GradientTimeLaw {

    private GradientTimeLaw() {}

    /** The law in the parameter {@code dist}. */
    public static Distribution of(RowParameters row) {
        return of(row.required("dist"), row);
    }

    /**
     * The law of a name.
     *
     * @throws RowSkipped if the name is not known
     */
    public static Distribution of(String name, RowParameters row) {
        return switch (plain(name)) {
            case "exp", "exponential" -> new Exponential(1 / row.number("rate_per_s"));
            case "shifted exp", "shifted exponential" ->
                new ShiftedExponential(row.number("shift_s"), 1 / row.number("rate_per_s"));
            case "weibull" -> new Weibull(row.number("shape"), row.number("scale_s"));
            case "uniform" -> new Uniform(row.number("a_s"), row.number("b_s"));
            case "lognormal", "log normal" -> logNormal(row.number("mu_log"), row.number("sigma_log"));
            case "pareto", "pareto type i" -> new Pareto(row.number("scale_s"), row.number("alpha"));
            case "deterministic", "constant", "fixed" -> new Fixed(row.number("step_time_s"));
            default -> throw RowSkipped.notBuilt("times of the law " + name);
        };
    }

    private static Distribution logNormal(double mu, double sigma) {
        return new LogNormal(Math.exp(mu + sigma * sigma / 2), Math.sqrt(Math.expm1(sigma * sigma)));
    }

    private static String plain(String name) {
        return GoldenForms.words(name.replace('_', ' '));
    }
}
