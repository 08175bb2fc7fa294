package trainyard.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import trainyard.scenario.workload.metric.Wording;
import trainyard.sim.stats.Quantiles;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;
import trainyard.training.clock.CoreSpeeds;

/**
 * A run, and the same simulated on cores as fast as its were.
 *
 * @param measured mean time of an update, in seconds
 * @param simulated likewise
 * @param speeds mean of each core over its gradients: what they would have taken on a quiet machine over what they took
 */
record AtCoreSpeeds(double measured, double simulated, List<Double> speeds) {

    private static final double CLOSE = 0.15;
    private static final double PERCENT = 100;

    static AtCoreSpeeds of(double measured, double simulated, CoreSpeeds cores) {
        List<Double> means = cores.computing().stream()
                .map(own -> own.size()
                        / own.stream().mapToDouble(speed -> 1 / speed).sum())
                .toList();
        return new AtCoreSpeeds(measured, simulated, means);
    }

    /** By how much what is simulated lies above what was measured, as a fraction; negative below. */
    double difference() {
        return simulated / measured - 1;
    }

    /** A line for each run, and one for all. */
    static List<String> lines(List<AtCoreSpeeds> runs) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            AtCoreSpeeds run = runs.get(i);
            lines.add(String.format(
                    Locale.ROOT,
                    "run %d: %s measured; cores at %s of their quiet speed, simulated at that %s, %+.1f %%",
                    i + 1,
                    text(run.measured),
                    run.speeds.stream()
                            .map(speed -> String.format(Locale.ROOT, "%.2f", speed))
                            .collect(Collectors.joining(" and ")),
                    text(run.simulated),
                    PERCENT * run.difference()));
        }
        double[] differences =
                runs.stream().mapToDouble(AtCoreSpeeds::difference).toArray();
        lines.add(String.format(
                Locale.ROOT,
                "at the speeds of the cores %d of %s simulated within %.0f %%; the median of the differences is %+.1f %%",
                Arrays.stream(differences)
                        .filter(difference -> Math.abs(difference) <= CLOSE)
                        .count(),
                Wording.counted(runs.size(), "run") + (runs.size() == 1 ? " is" : " are"),
                PERCENT * CLOSE,
                PERCENT * new Quantiles(differences).median()));
        return lines;
    }

    private static String text(double seconds) {
        return Units.format(seconds, Dimension.DURATION);
    }
}
