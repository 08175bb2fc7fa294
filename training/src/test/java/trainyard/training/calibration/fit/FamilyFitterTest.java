package trainyard.training.calibration.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.calibration.ComputeFit;
import trainyard.sim.hardware.calibration.FitQuality;
import trainyard.sim.hardware.calibration.GemmPoint;
import trainyard.sim.hardware.calibration.JobCounts;
import trainyard.sim.hardware.calibration.JobFamilyFit;
import trainyard.sim.hardware.calibration.JobTerm;
import trainyard.sim.hardware.calibration.LinkFit;
import trainyard.sim.hardware.calibration.MemoryFit;
import trainyard.sim.hardware.calibration.ShapeRange;
import trainyard.sim.random.RandomStreams;

class FamilyFitterTest {

    private static final Map<JobTerm, Double> KNOWN =
            Map.of(JobTerm.ITERATION, 1e-4, JobTerm.GEMM_CALL, 2e-5, JobTerm.FLOP, 1.3e-11);

    /** Jobs whose time carries up to 5 % of noise: the intervals hold the constants, and the held-out error is that of the noise. */
    @Test
    void intervalsHoldTheConstantsAndTheHeldOutErrorIsTheNoise() {
        JobFamilyFit fit = FamilyFitter.fit("mlp", Precision.FP32, jobs(60, 0.05));
        FitQuality quality = fit.fit().orElseThrow();
        assertThat(quality.samples() + quality.heldOut()).isEqualTo(60);
        assertThat(quality.heldOut()).isEqualTo(15);
        KNOWN.forEach((term, seconds) -> {
            FitQuality.Interval interval = quality.ci95().get(term.key());
            assertThat(seconds).isBetween(interval.low(), interval.high());
            assertThat(fit.seconds().get(term) / seconds).isCloseTo(1, within(0.2));
        });
        assertThat(quality.meanPercent()).isBetween(1.0, 5.0);
        assertThat(quality.medianPercent()).isLessThanOrEqualTo(quality.p90Percent());
        assertThat(quality.p90Percent()).isLessThanOrEqualTo(quality.maxPercent());
    }

    @Test
    void exactTimesAreFittedExactly() {
        JobFamilyFit fit = FamilyFitter.fit("mlp", Precision.FP32, jobs(40, 0));
        assertThat(fit.fit().orElseThrow().maxPercent()).isLessThan(1e-3);
        assertThat(fit.seconds()).doesNotContainKey(JobTerm.SEQUENCE_STEP);
    }

    /** Layers are a fourth of the calls in each job: a coefficient of both could be split in any way. */
    @Test
    void ofTwoTermsThatGrowAlikeOneIsFitted() {
        List<TimedJob> jobs = jobs(40, 0).stream()
                .map(job -> {
                    Map<JobTerm, Double> counts = new TreeMap<>(job.counts().amounts());
                    counts.put(JobTerm.LAYER, job.counts().of(JobTerm.GEMM_CALL) / 4);
                    return new TimedJob(job.name(), new JobCounts(counts), job.seconds(), job.heldOut());
                })
                .toList();
        JobFamilyFit fit = FamilyFitter.fit("mlp", Precision.FP32, jobs);
        assertThat(fit.seconds()).containsKey(JobTerm.LAYER).doesNotContainKey(JobTerm.GEMM_CALL);
        assertThat(fit.seconds().get(JobTerm.LAYER)).isCloseTo(8e-5, within(1e-9));
    }

    @Test
    void oneJobIsTooFew() {
        assertThatThrownBy(() -> FamilyFitter.fit("mlp", Precision.FP32, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too few jobs of mlp");
    }

    /** Times made by the formula itself give its four constants back. */
    @Test
    void productsGiveTheirPeakAndHalfLengths() {
        ComputeFit fit = GemmFitter.fit(Precision.FP32, points());
        assertThat(fit.peakFlopsPerSecond() / 8e10).isCloseTo(1, within(1e-5));
        assertThat(fit.halfK()).isCloseTo(40, within(1e-2));
        assertThat(fit.halfTile()).isCloseTo(24, within(1e-2));
        assertThat(fit.launchSeconds()).isCloseTo(2e-6, within(1e-8));
    }

    @Test
    void smallMessagesHaveALatencyOfTheirOwn() {
        SortedMap<Double, Double> seconds = new TreeMap<>();
        for (double bytes = 64; bytes <= 1 << 24; bytes *= 4) {
            seconds.put(bytes, bytes <= 16384 ? 1e-5 + bytes * 1e-10 : 5e-5 + bytes * 8e-10);
        }
        LinkFit link = TransferFitter.link("loopback", seconds, List.of(16384.0));
        assertThat(link.pieces()).hasSize(1);
        assertThat(link.pieces().get(0).alphaSeconds()).isCloseTo(1e-5, within(1e-10));
        assertThat(link.alphaSeconds()).isCloseTo(5e-5, within(1e-9));
        assertThat(link.betaSecondsPerByte()).isCloseTo(8e-10, within(1e-14));
        assertThat(link.fit().orElseThrow().maxPercent()).isLessThan(0.01);
        MemoryFit memory = TransferFitter.memory("copy_d2d", OptionalDouble.empty(), seconds.tailMap(16385.0))
                .orElseThrow();
        assertThat(memory.bytesPerSecond() * 8e-10).isCloseTo(1, within(1e-6));
    }

    /** A byte more costs nothing: a latency, and no bandwidth made up. */
    @Test
    void transfersThatTakeNoLongerHaveNoBandwidth() {
        SortedMap<Double, Double> seconds = new TreeMap<>();
        for (double bytes = 64; bytes <= 1 << 24; bytes *= 4) {
            seconds.put(bytes, bytes <= 16384 ? 1e-5 : 5e-5 + bytes * 8e-10);
        }
        LinkFit link = TransferFitter.link("loopback", seconds, List.of(16384.0));
        assertThat(link.pieces().get(0).betaSecondsPerByte()).isZero();
        assertThat(link.pieces().get(0).alphaSeconds()).isCloseTo(1e-5, within(1e-10));
        assertThat(TransferFitter.memory("copy_d2d", OptionalDouble.empty(), seconds.headMap(16385.0)))
                .isEmpty();
    }

    private static ComputeFit known() {
        ShapeRange any = new ShapeRange(1, 1e9, 1, 1e9, 1, 1e9);
        return new ComputeFit("gemm", Precision.FP32, 8e10, 40, 24, 2e-6, any, List.of(), Optional.empty());
    }

    private static List<GemmPoint> points() {
        List<GemmPoint> points = new ArrayList<>();
        for (double m : new double[] {16, 64, 256, 1024}) {
            for (double k : new double[] {16, 64, 256, 1024}) {
                points.add(new GemmPoint(m, m, k, known().seconds(m, m, k)));
            }
        }
        return points;
    }

    private static List<TimedJob> jobs(int count, double noise) {
        UniformRandomProvider random = new RandomStreams(7, 0).stream("jobs");
        List<TimedJob> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JobCounts counts = new JobCounts(Map.of(
                    JobTerm.GEMM_CALL,
                    4.0 * (1 + random.nextInt(20)),
                    JobTerm.FLOP,
                    Math.pow(10, 6 + 3 * random.nextDouble())));
            double seconds = KNOWN.entrySet().stream()
                    .mapToDouble(term -> term.getValue() * counts.of(term.getKey()))
                    .sum();
            jobs.add(new TimedJob(
                    "job " + i, counts, seconds * (1 + noise * (2 * random.nextDouble() - 1)), i % 4 == 3));
        }
        return jobs;
    }
}
