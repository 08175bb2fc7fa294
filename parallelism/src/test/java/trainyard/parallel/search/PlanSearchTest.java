package trainyard.parallel.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.step.PlanPricer;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

class PlanSearchTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    private static UnplannedJob job(int nodes, int global) {
        return new UnplannedJob(
                TransformerModel.gpt("gpt-7.5b", 36, 4096, 16384, 32, 51200, 2048),
                global,
                2048,
                PrecisionRecipe.BF16,
                new ClusterSpec(CATALOG.node("DGX A100"), nodes, CATALOG.fabric("IB HDR")),
                SoftwareProfiles.named("megatron-2022"));
    }

    private static SearchSpace space(List<Integer> gpus, List<Integer> micro, List<Schedule> schedules) {
        List<Integer> free = List.of();
        return new SearchSpace(
                gpus, free, free, free, free, free, free, micro, List.of(0, 1), List.of(), List.of(), schedules, 1);
    }

    private static SearchResult search(UnplannedJob job, SearchSpace space, Objective objective, int threads) {
        return new PlanSearch(job, NcclModel.on(job.cluster()), KernelCalibration.NONE, threads)
                .run(space, objective, 5);
    }

    /** Every plan priced with a pricer of its own, nothing bounded or remembered. */
    private static List<PricedPlan> everything(UnplannedJob job, SearchSpace space) {
        List<PricedPlan> priced = new ArrayList<>();
        for (Candidate candidate : Candidates.of(job, space).list()) {
            try {
                TrainingJob planned = job.with(candidate);
                double bytes = MemoryModel.estimate(planned).peak().totalBytes();
                if (bytes <= planned.cluster().node().gpu().memoryBytes()) {
                    PlanPricer fresh = new PlanPricer(NcclModel.on(job.cluster()), KernelCalibration.NONE);
                    priced.add(new PricedPlan(candidate, fresh.seconds(planned), bytes));
                }
            } catch (PlanException contradiction) {
                continue;
            }
        }
        return priced;
    }

    @Test
    void findsWhatPricingEverythingFinds() {
        UnplannedJob job = job(2, 64);
        SearchSpace space = space(List.of(8, 16), List.of(1, 2, 4), List.of());
        List<PricedPlan> all = everything(job, space);
        for (Objective objective : Objective.values()) {
            List<Candidate> expected = all.stream()
                    .sorted(Leaders.order(objective))
                    .limit(5)
                    .map(PricedPlan::candidate)
                    .toList();
            SearchResult found = search(job, space, objective, 2);
            assertThat(found.best().stream().map(plan -> plan.priced().candidate()))
                    .as("%s", objective)
                    .containsExactlyElementsOf(expected);
            assertThat(found.front().stream().map(PricedPlan::candidate))
                    .as("front for %s", objective)
                    .containsExactlyInAnyOrderElementsOf(front(all));
            assertThat(found.priced()).hasSizeLessThan(all.size());
        }
    }

    /** Small spaces of every dimension: sharding, experts, context, recomputation, schedules that part backward passes. */
    @Test
    void findsWhatPricingEverythingFindsInRandomSpaces() {
        int found = 0;
        for (long seed = 0; seed < 40; seed++) {
            RandomSpace random = new RandomSpace(new Random(seed));
            UnplannedJob job = random.job();
            SearchSpace space = random.space();
            int top = 1 + (int) (seed % 5);
            Objective objective = Objective.values()[(int) (seed % Objective.values().length)];
            List<PricedPlan> all = everything(job, space);
            SearchResult result = new PlanSearch(job, NcclModel.on(job.cluster()), KernelCalibration.NONE, 2)
                    .run(space, objective, top);
            assertThat(result.best().stream().map(VerifiedPlan::priced))
                    .as("seed %d, %s", seed, objective)
                    .containsExactlyElementsOf(all.stream()
                            .sorted(Leaders.order(objective))
                            .limit(top)
                            .toList());
            assertThat(result.front().stream().map(PricedPlan::candidate))
                    .as("front of seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(front(all));
            found += all.size();
        }
        assertThat(found).isGreaterThan(1000);
    }

    private static List<Candidate> front(List<PricedPlan> all) {
        return all.stream()
                .filter(plan -> all.stream()
                        .noneMatch(other -> other.dominates(plan)
                                || other.samePoint(plan)
                                        && other.candidate().index()
                                                < plan.candidate().index()))
                .map(PricedPlan::candidate)
                .toList();
    }

    @Test
    void everyPlanIsPricedOrAccountedFor() {
        SearchResult found = search(job(4, 96), space(List.of(), List.of(), List.of()), Objective.TIME, 1);
        long judged = found.excluded().getOrDefault(Exclusion.MEMORY, 0L)
                + found.excluded().getOrDefault(Exclusion.BOUND, 0L)
                + found.excluded().getOrDefault(Exclusion.PLACEMENT, 0L);
        assertThat(found.priced().size() + judged).isEqualTo(found.candidates());
        assertThat(found.plans())
                .isEqualTo(found.candidates() + found.excluded().get(Exclusion.LAYERS));
        assertThat(found.excluded().get(Exclusion.MEMORY)).isPositive();
        assertThat(found.excluded().get(Exclusion.BOUND)).isPositive();
    }

    @Test
    void tellsHowFarItIsUntilEveryPlanIsSettled() {
        UnplannedJob job = job(4, 96);
        List<Integer> settled = Collections.synchronizedList(new ArrayList<>());
        SearchProgress progress = (done, all) -> {
            assertThat(done).isLessThanOrEqualTo(all);
            settled.add(done);
        };
        SearchResult found = new PlanSearch(job, NcclModel.on(job.cluster()), KernelCalibration.NONE, 2, progress)
                .run(space(List.of(), List.of(), List.of()), Objective.TIME, 5);
        assertThat(settled)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, found.candidates()).boxed().toList());
    }

    @Test
    void threadsChangeNothing() {
        UnplannedJob job = job(4, 96);
        SearchSpace space = space(List.of(16, 32), List.of(), List.of());
        SearchResult one = search(job, space, Objective.COST, 1);
        assertThat(search(job, space, Objective.COST, 2)).isEqualTo(one);
        assertThat(search(job, space, Objective.COST, 7)).isEqualTo(one);
    }

    @Test
    void theReplayAgreesWithTheArithmetic() {
        SearchResult found = search(job(8, 512), space(List.of(), List.of(1, 2, 4), List.of()), Objective.TIME, 2);
        assertThat(found.best())
                .hasSize(5)
                .allSatisfy(plan -> assertThat(
                                plan.replayed().seconds() / plan.priced().seconds())
                        .isBetween(0.98, 1.02));
    }

    /** A step of a few rounds holds as much as one of all its micro-batches. */
    @Test
    void fewRoundsShowThePeak() {
        UnplannedJob job = job(8, 1440);
        List<Candidate> candidates = Candidates.of(
                        job,
                        space(
                                List.of(),
                                List.of(),
                                List.of(Schedule.GPIPE, Schedule.ONE_F_ONE_B, Schedule.INTERLEAVED)))
                .list();
        Random random = new Random(7);
        SteadyMemory memory = new SteadyMemory();
        for (int i = 0; i < 300; i++) {
            Candidate candidate = candidates.get(random.nextInt(candidates.size()));
            double whole = MemoryModel.estimate(job.with(candidate)).peak().totalBytes();
            assertThat(memory.of(job, candidate).peak().totalBytes())
                    .as("%s", candidate)
                    .isEqualTo(whole);
        }
    }
}
