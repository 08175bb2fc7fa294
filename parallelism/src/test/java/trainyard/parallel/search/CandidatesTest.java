package trainyard.parallel.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.schedule.Schedule;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** What is listed and what is left out, against every combination of the values of a space written down one by one. */
class CandidatesTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final List<Integer> FREE = List.of();
    private static final int BLOCKS = 8;
    private static final int HEADS = 32;
    private static final int GPUS = 16;
    private static final int BATCH = 24;
    private static final UnplannedJob JOB = new UnplannedJob(
            TransformerModel.llama("llama", BLOCKS, 4096, 11_008, HEADS, 8, 32_000),
            BATCH,
            2048,
            PrecisionRecipe.BF16,
            new ClusterSpec(CATALOG.node("DGX A100"), GPUS / 8, CATALOG.fabric("IB HDR")),
            SoftwareProfiles.named("megatron-2022"));

    /** One plan, with what makes no difference at the first of its values. */
    private record Point(
            List<Integer> degrees,
            int micro,
            Schedule schedule,
            int chunks,
            int zero,
            boolean sequence,
            Recompute again) {

        static Point of(Candidate candidate) {
            ParallelPlan plan = candidate.plan();
            return new Point(
                    List.of(
                            plan.gpus(),
                            plan.tensor(),
                            plan.degrees().context(),
                            plan.pipeline(),
                            plan.data(),
                            plan.degrees().expert()),
                    candidate.micro(),
                    plan.schedule(),
                    plan.virtualStages(),
                    plan.zeroStage(),
                    plan.sequenceParallel(),
                    plan.recompute());
        }

        boolean fits() {
            int tensor = degrees.get(1);
            int pipeline = degrees.get(3);
            int data = degrees.get(4);
            int ranks = tensor * degrees.get(2) * data;
            boolean spread = degrees.get(0) <= GPUS && ranks * pipeline == degrees.get(0) && degrees.get(5) == 1;
            boolean cut = pipeline == 1
                    || (schedule == Schedule.INTERLEAVED
                            ? chunks > 1 && BLOCKS % (pipeline * chunks) == 0
                            : pipeline * chunks <= BLOCKS);
            return spread && cut && HEADS % tensor == 0 && BATCH % (data * micro) == 0;
        }
    }

    private static Set<Point> everyCombination(SearchSpace space) {
        Set<Point> points = new LinkedHashSet<>();
        for (int gpus : space.gpus()) {
            for (int tensor : space.tensor()) {
                for (int context : space.context()) {
                    for (int pipeline : space.pipeline()) {
                        for (int data : space.data()) {
                            for (int expert : space.expert()) {
                                addRest(points, space, List.of(gpus, tensor, context, pipeline, data, expert));
                            }
                        }
                    }
                }
            }
        }
        return points;
    }

    private static void addRest(Set<Point> points, SearchSpace space, List<Integer> degrees) {
        for (int micro : space.micro()) {
            for (Schedule schedule : space.schedules()) {
                List<Integer> chunks = schedule == Schedule.INTERLEAVED
                        ? space.virtualStages()
                        : List.of(schedule.chunksPerStage().orElse(1));
                for (int each : chunks) {
                    for (int zero : space.zero()) {
                        for (boolean sequence : space.sequenceParallel()) {
                            for (Recompute again : space.recompute()) {
                                boolean piped = degrees.get(3) > 1;
                                points.add(new Point(
                                        degrees,
                                        micro,
                                        piped ? schedule : Schedule.ONE_F_ONE_B,
                                        piped ? each : 1,
                                        degrees.get(4) > 1 ? zero : space.zero().get(0),
                                        degrees.get(1) > 1 && sequence,
                                        again));
                            }
                        }
                    }
                }
            }
        }
    }

    private static long leftOut(Candidates candidates) {
        return candidates.excluded().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void whatIsListedAndWhatIsLeftOutMakeUpTheSpace() {
        Random random = new Random(11);
        long listed = 0;
        for (int i = 0; i < 200; i++) {
            SearchSpace space = new SearchSpace(
                    some(random, 8, 16, 32),
                    some(random, 1, 2, 3, 4),
                    some(random, 1, 2, 5),
                    some(random, 1, 2, 4, 16),
                    some(random, 1, 2, 4, 7),
                    some(random, 1, 2),
                    some(random, 1, 2, 4),
                    some(random, 1, 2, 5, 24),
                    some(random, 0, 1, 3),
                    Recompute.WORDS.subList(0, 1 + random.nextInt(2)),
                    random.nextBoolean() ? List.of(true) : List.of(true, false),
                    List.of(Schedule.ONE_F_ONE_B, Schedule.INTERLEAVED, Schedule.DUALPIPE)
                            .subList(0, 1 + random.nextInt(3)),
                    1);
            Set<Point> all = everyCombination(space);
            Candidates candidates = Candidates.of(JOB, space);

            assertThat(candidates.list().size() + leftOut(candidates))
                    .as("%s", space)
                    .isEqualTo(all.size());
            assertThat(candidates.list().stream().map(Point::of))
                    .as("%s", space)
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().filter(Point::fits).toList());
            listed += candidates.list().size();
        }
        assertThat(listed).isGreaterThan(500);
    }

    /** Some of the values, at least one, in their order. */
    private static List<Integer> some(Random random, Integer... values) {
        int chosen = 1 + random.nextInt((1 << values.length) - 1);
        return IntStream.range(0, values.length)
                .filter(i -> (chosen >> i & 1) == 1)
                .mapToObj(i -> values[i])
                .toList();
    }

    private static SearchSpace space(List<Integer> tensor, List<Integer> context, List<Integer> data) {
        return new SearchSpace(
                FREE,
                tensor,
                context,
                FREE,
                data,
                FREE,
                FREE,
                FREE,
                List.of(0),
                List.of(Recompute.NONE),
                List.of(true),
                List.of(Schedule.ONE_F_ONE_B, Schedule.INTERLEAVED),
                1);
    }

    /** 8 stages of 8 blocks cannot be interleaved, 16 are more than the blocks, and 16 replicas do not divide 24 sequences. */
    @Test
    void aFreeDimensionWithoutAValueThatFitsCountsOnce() {
        Candidates free = Candidates.of(JOB, space(List.of(1), FREE, FREE));

        assertThat(free.excluded()).isEqualTo(Map.of(Exclusion.BATCH, 1L, Exclusion.LAYERS, 3L + 2L));
        assertThat(Candidates.of(JOB, space(FREE, List.of(5), FREE)).excluded())
                .isEqualTo(Map.of(Exclusion.CONTRADICTION, 1L));
        assertThat(Candidates.of(JOB, space(List.of(2), FREE, List.of(2, 3))).excluded())
                .as("no number of stages goes with 3 replicas")
                .isEqualTo(Map.of(Exclusion.CONTRADICTION, 1L));
    }

    @Test
    void aValueWrittenTwiceCountsOnce() {
        assertThat(Candidates.of(JOB, space(List.of(2, 2), FREE, FREE)).list().stream()
                        .map(Point::of)
                        .collect(Collectors.toList()))
                .doesNotHaveDuplicates()
                .isNotEmpty();
    }

    @Test
    void aSearchAccountsForEveryPlanOfItsSpace() {
        SearchSpace space = new SearchSpace(
                List.of(8, 16, 32),
                List.of(1, 3, 8),
                List.of(1, 2),
                List.of(1, 2, 4),
                List.of(1, 2, 4, 16),
                List.of(1),
                List.of(2, 3),
                List.of(1, 2, 5),
                List.of(0, 1, 2),
                List.of(Recompute.NONE, Recompute.FULL),
                List.of(true, false),
                List.of(Schedule.ONE_F_ONE_B, Schedule.INTERLEAVED),
                1);

        SearchResult found = new PlanSearch(JOB, NcclModel.on(JOB.cluster()), KernelCalibration.NONE, 1)
                .run(space, Objective.TIME, 3);

        assertThat(found.plans()).isEqualTo(everyCombination(space).size());
    }
}
