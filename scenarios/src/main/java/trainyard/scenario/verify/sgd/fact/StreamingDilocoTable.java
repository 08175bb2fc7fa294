package trainyard.scenario.verify.sgd.fact;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;
import trainyard.training.lowcomm.BandwidthGrid;
import trainyard.training.lowcomm.BandwidthSearch;
import trainyard.training.lowcomm.ExchangePlan;
import trainyard.training.lowcomm.FragmentPattern;
import trainyard.training.lowcomm.LayeredModel;

/**
 * Table 4 of Streaming DiLoCo (A. Douillard et al. 2025, arXiv 2501.18512): the bandwidth that two sites need so that they compute for
 * a share of their time, simulated by its authors. No number is fitted: gradients in 16 bits, a period of 100 steps and fragments of
 * three layers are the setting. What the text leaves open was chosen, once for the whole table, by agreement with 49 of its 75 cells:
 * strided fragments, the pass by activations before that by parameters, an overlap of one step that ends between two steps, and the
 * reading of printed figures.
 *
 * <p>All of those lie on 50 bandwidths at equal ratios from 0.1 to 1000 Gbit/s, and are read as the last that does not quite
 * suffice: half the time for 16 Gbit in a step of 0.1 s needs 98 Gbit/s, between the points 86.9 and 104.8, and 86.8 is printed. So
 * a row is predicted by the last point below the solution, and the reason states the solution itself, which is up to 21 % above. A
 * neighbour on that grid is 17 % below or 21 % above.
 */
final class StreamingDilocoTable implements FactModel {

    static final String TOPIC = "streaming_diloco_sim";

    /** What a cell may be off by: within two points of the authors' grid. */
    private static final double MOST_PERCENT = 44;

    private static final double CLOSE_PERCENT = 20;
    private static final double MOST_FAR_PERCENT = 10;

    private static final double GIGA = 1e9;
    private static final BandwidthGrid GRID = new BandwidthGrid(0.1 * GIGA, 1000 * GIGA, 50);
    private static final int PERIOD = 100;
    private static final int LAYERS_PER_FRAGMENT = 3;
    private static final int REPLICAS = 2;
    private static final double GRADIENT_BITS = 16;
    private static final double FP4_BITS = 4;

    private static final Map<String, ExchangePlan> PLANS = Map.of(
            "data-parallel", ExchangePlan.dataParallel(GRADIENT_BITS, REPLICAS),
            "vanilla diloco", ExchangePlan.periodic(PERIOD, GRADIENT_BITS, REPLICAS),
            "diloco", ExchangePlan.periodic(PERIOD, GRADIENT_BITS, REPLICAS),
            "streaming diloco", streaming(0, GRADIENT_BITS),
            "streaming diloco overlapped", streaming(1, GRADIENT_BITS),
            "streaming diloco overlapped fp4", streaming(1, FP4_BITS));

    private static ExchangePlan streaming(int overlapSteps, double bits) {
        return new ExchangePlan(PERIOD, LAYERS_PER_FRAGMENT, FragmentPattern.STRIDED, overlapSteps, bits, REPLICAS);
    }

    @Override
    public Optional<RowScore> score(Fact fact) {
        if (!fact.subject().equals(TOPIC) || !fact.metric().equals("bandwidth needed between sites")) {
            return Optional.empty();
        }
        RowParameters setting = fact.parameters();
        String method = setting.required("method")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9-]+", " ")
                .strip();
        ExchangePlan plan = Optional.ofNullable(PLANS.get(method))
                .orElseThrow(() -> RowSkipped.notBuilt("the method " + setting.required("method")));
        LayeredModel model = new LayeredModel(
                setting.whole("layers"), parameters(setting.required("params")), setting.number("step_compute_s"));
        BandwidthSearch search = new BandwidthSearch(model, plan, 0);
        double target = setting.number("compute_utilization_pct") / 100;
        int above = search.firstAbove(target, GRID);
        return Optional.of(held(fact, GRID.at(Math.max(0, above - 1)) / GIGA, search.least(target, GRID)));
    }

    private static RowScore held(Fact fact, double predicted, OptionalDouble solution) {
        RowScore score = fact.scored(predicted, Fact.GATED);
        String solved = solution.isPresent()
                ? String.format(Locale.ROOT, "solved %.3g Gbit/s", solution.getAsDouble() / GIGA)
                : "1000 Gbit/s do not suffice";
        return score.judged(
                        Math.abs(score.errorPercent().orElse(0)) <= MOST_PERCENT,
                        "within 44 % on the authors' grid; " + solved)
                .inBand("Streaming DiLoCo, table 4");
    }

    private static double parameters(String text) {
        if (!text.matches("[0-9.]+[MB]")) {
            throw RowSkipped.unknown("setting", "params: expected a number and M or B, got \"" + text + "\"");
        }
        return Double.parseDouble(text.substring(0, text.length() - 1)) * (text.endsWith("B") ? GIGA : 1e6);
    }

    /** Whether nine cells in ten are within 20 %; nothing where no cell was compared. */
    static Optional<RowScore> overall(List<RowScore> scores) {
        List<RowScore> cells = scores.stream()
                .filter(score -> score.compared() && score.band().equals("Streaming DiLoCo, table 4"))
                .toList();
        if (cells.isEmpty()) {
            return Optional.empty();
        }
        long far = cells.stream()
                .filter(cell -> Math.abs(cell.errorPercent().orElse(0)) > CLOSE_PERCENT)
                .count();
        return Optional.of(RowScore.overall(
                "streaming-diloco-table-4",
                "cells more than 20 % off",
                100.0 * far / cells.size(),
                MOST_FAR_PERCENT,
                "%"));
    }
}
