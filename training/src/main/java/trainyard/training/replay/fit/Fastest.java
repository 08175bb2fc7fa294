package trainyard.training.replay.fit;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.sim.hardware.calibration.GemmPoint;
import trainyard.training.replay.KernelSample;
import trainyard.training.replay.MatrixMath;

/** Samples, of which the fastest of each size counts: what else runs on a machine only ever makes it slower. */
final class Fastest {

    private static final Pattern SHAPE = Pattern.compile("batch=1 m=(\\d+) n=(\\d+) k=(\\d+) .*");

    private final List<KernelSample> samples;

    Fastest(List<KernelSample> samples) {
        this.samples = List.copyOf(samples);
    }

    /** Seconds by bytes of an operation. */
    SortedMap<Double, Double> byBytes(String suite, String op) {
        SortedMap<Double, Double> seconds = new TreeMap<>();
        samples.stream()
                .filter(sample -> sample.suite().equals(suite) && sample.op().equals(op))
                .forEach(sample -> seconds.merge(sample.bytes(), sample.seconds(), Math::min));
        return seconds;
    }

    /** Operations of a suite, in the order of their names. */
    List<String> ops(String suite) {
        return samples.stream()
                .filter(sample -> sample.suite().equals(suite))
                .map(KernelSample::op)
                .distinct()
                .sorted()
                .toList();
    }

    /** Single products; the fastest layout of a shape. */
    List<GemmPoint> products(MatrixMath math) {
        SortedMap<String, GemmPoint> points = new TreeMap<>();
        for (KernelSample sample : samples) {
            Matcher shape = SHAPE.matcher(sample.params());
            if (sample.suite().equals("gemm") && sample.dtype().equals(math.word()) && shape.matches()) {
                GemmPoint point = new GemmPoint(number(shape, 1), number(shape, 2), number(shape, 3), sample.seconds());
                points.merge(
                        shape.group(1) + " " + shape.group(2) + " " + shape.group(3),
                        point,
                        (one, other) -> one.seconds() <= other.seconds() ? one : other);
            }
        }
        return List.copyOf(points.values());
    }

    /** Seconds of all repetitions of a job, ascending. */
    double[] iterations(String job, MatrixMath math) {
        return samples.stream()
                .filter(sample -> sample.suite().equals("step")
                        && sample.op().equals(job)
                        && sample.dtype().equals(math.word()))
                .mapToDouble(KernelSample::seconds)
                .sorted()
                .toArray();
    }

    private static double number(Matcher shape, int group) {
        return Double.parseDouble(shape.group(group));
    }
}
