package trainyard.scenario.verify.sgd.fact;

import java.util.Map;
import java.util.Optional;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;
import trainyard.training.analytic.NoiseScale;

/**
 * Large batches of Pollux (A. Qiao et al., OSDI 2021; traces of its artifact): how much of an example's worth is left, and with that how
 * many steps the same progress takes. The gradient noise scale of an application is taken to be one number over its whole run, that
 * which one run in the middle of its batches implies; other batches are predicted by {@link NoiseScale#efficiency}. It grows in the
 * course of training, which one number does not show.
 */
final class LargeBatchFacts implements FactModel {

    private static final String EFFICIENCY = "run-average statistical efficiency (progress/iterations)/(batch/base)";
    private static final String GATE = "no: calibrated on one run of the application";
    private static final double TOLERANCE_PERCENT = 10;

    /**
     * What one run tells.
     *
     * @param batch of that run
     * @param efficiency its run average; where the artifact tells steps, that which they imply
     * @param steps to the end of the run with the base batch
     */
    private record Run(int batch, double efficiency, double steps) {}

    private static final Map<String, Run> RUNS = Map.of(
            "cifar10", new Run(1024, 0.853462, 39_062),
            "imagenet", new Run(6400, steps(90, 1_281_167, 6400) / 23_972, steps(90, 1_281_167, 200)),
            "bert", new Run(96, 0.979988, 14_774),
            "ncf", new Run(4096, 0.997034, 194_174),
            "yolov3", new Run(128, steps(50, 16_551, 128) / 8_075, steps(50, 16_551, 8)),
            "deepspeech2", new Run(160, 0.882783, 28_536));

    private static double steps(double epochs, double examples, double batch) {
        return epochs * examples / batch;
    }

    @Override
    public Optional<RowScore> score(Fact fact) {
        if (!fact.subject().equals("pollux_measured")) {
            return Optional.empty();
        }
        RowParameters setting = fact.parameters();
        Run run = Optional.ofNullable(RUNS.get(setting.required("app")))
                .orElseThrow(() -> RowSkipped.missing("a run of " + setting.required("app") + " to calibrate on"));
        double base = setting.number("base_batch");
        double batch = setting.number("batch");
        double scale = (run.efficiency() * run.batch() - base) / (1 - run.efficiency());
        double efficiency = NoiseScale.efficiency(scale, base, batch);
        return switch (fact.metric()) {
            case EFFICIENCY -> Optional.of(held(fact, run, batch, efficiency));
            case "iterations to end of trace" ->
                Optional.of(held(fact, run, batch, run.steps() * base / batch / efficiency));
            default -> Optional.empty();
        };
    }

    private static RowScore held(Fact fact, Run run, double batch, double predicted) {
        if (batch == run.batch()) {
            throw RowSkipped.input("the run that calibrates the noise scale of its application");
        }
        RowScore score = fact.scored(predicted, GATE);
        return score.judged(Math.abs(score.errorPercent().orElse(0)) <= TOLERANCE_PERCENT, "held to 10 %");
    }
}
