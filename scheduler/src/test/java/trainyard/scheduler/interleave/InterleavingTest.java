package trainyard.scheduler.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.interleave.Grouping.Candidate;
import trainyard.scheduler.interleave.Grouping.Group;
import trainyard.scheduler.job.JobStages;

/** Groups reckoned by hand. Stages are storage, processors, GPU and network. */
class InterleavingTest {

    private static final JobStages READS = new JobStages(2, 0, 0, 0);
    private static final JobStages PREPARES = new JobStages(0, 2, 0, 0);
    private static final JobStages COMPUTES = new JobStages(0, 0, 2, 0);
    private static final JobStages EXCHANGES = new JobStages(0, 0, 0, 2);

    private static void assertGroup(double iteration, double efficiency, JobStages... jobs) {
        assertThat(Interleaving.iterationSeconds(List.of(jobs))).isCloseTo(iteration, within(1e-12));
        assertThat(Interleaving.efficiency(List.of(jobs))).isCloseTo(efficiency, within(1e-12));
    }

    @Test
    void aJobAloneTakesItsStagesOneAfterTheOther() {
        assertGroup(10, 10 / 40.0, new JobStages(1, 2, 3, 4));
    }

    /** One reads while the other computes: 4 of 4 x 2 seconds of resources are in use. */
    @Test
    void complementaryJobsTakeNoLongerThanAlone() {
        assertGroup(2, 0.5, READS, COMPUTES);
    }

    /** Each in its turn, and no gain. */
    @Test
    void jobsOfOneResourceTakeTurns() {
        assertGroup(4, 0.25, READS, READS);
    }

    /**
     * (2, 1, 1, 0) and (0, 1, 2, 1). Begun together with the second one stage behind: 2 and 1, 1 and 0, 1 and 1, 0 and 2, that is 2 + 1 + 1 + 2 =
     * 6; two behind: 2 and 2, 1 and 1, 1 and 0, 0 and 1, that is 5; three behind: 2 and 1, 1 and 2, 1 and 1, 0 and 0, 5 as well.
     */
    @Test
    void theBestOfAllOffsetsCounts() {
        assertGroup(5, 8 / 20.0, new JobStages(2, 1, 1, 0), new JobStages(0, 1, 2, 1));
    }

    @Test
    void fourJobsThatUseOneResourceEachUseAllOfThem() {
        assertGroup(2, 1, READS, PREPARES, COMPUTES, EXCHANGES);
        assertGroup(
                8,
                1,
                new JobStages(2, 2, 2, 2),
                new JobStages(2, 2, 2, 2),
                new JobStages(2, 2, 2, 2),
                new JobStages(2, 2, 2, 2));
    }

    @Test
    void aGroupHasAtMostFourJobs() {
        assertThatThrownBy(() -> Interleaving.iterationSeconds(List.of(READS, READS, READS, READS, READS)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Candidate job(int number, int gpus, JobStages stages) {
        return new Candidate(number, gpus, 0, stages);
    }

    private static List<List<Integer>> groups(GroupRules rules, int gpus, Candidate... jobs) {
        return new Grouping(rules)
                .of(List.of(jobs), gpus).stream()
                        .map(group -> group.jobs().stream().map(Candidate::job).toList())
                        .toList();
    }

    @Test
    void whoDoesNotDisturbTheOtherSharesGpus() {
        assertThat(groups(
                        GroupRules.EXACT,
                        2,
                        job(0, 1, READS),
                        job(1, 1, READS),
                        job(2, 1, COMPUTES),
                        job(3, 1, COMPUTES)))
                .hasSize(2)
                .allSatisfy(group ->
                        assertThat(group.get(0) < 2 && group.get(1) >= 2).isTrue());
    }

    @Test
    void twoRoundsMakeAGroupOfFour() {
        assertThat(groups(
                        GroupRules.EXACT,
                        1,
                        job(4, 1, READS),
                        job(3, 1, PREPARES),
                        job(2, 1, COMPUTES),
                        job(1, 1, EXCHANGES)))
                .containsExactly(List.of(4, 3, 2, 1));
    }

    /** Three jobs want three GPUs of two: one pair is enough, and the pair that uses its GPUs best is it. */
    @Test
    void noMoreShareThanItTakes() {
        assertThat(groups(
                        GroupRules.EXACT,
                        2,
                        job(0, 1, READS),
                        job(1, 1, new JobStages(1, 0, 1, 0)),
                        job(2, 1, COMPUTES)))
                .containsExactly(List.of(0, 2), List.of(1));
        assertThat(groups(GroupRules.EXACT, 3, job(0, 1, READS), job(1, 1, READS), job(2, 1, COMPUTES)))
                .containsExactly(List.of(0), List.of(1), List.of(2));
    }

    @Test
    void jobsOfOtherSizesOrWithoutStagesOrGainShareWithNobody() {
        assertThat(groups(GroupRules.EXACT, 2, job(0, 2, READS), job(1, 1, COMPUTES)))
                .containsExactly(List.of(0));
        assertThat(groups(GroupRules.EXACT, 1, job(0, 1, JobStages.NONE), job(1, 1, COMPUTES)))
                .containsExactly(List.of(0));
        assertThat(groups(GroupRules.EXACT, 1, job(0, 1, READS), job(1, 1, READS)))
                .containsExactly(List.of(0), List.of(1));
        GroupRules slow = new GroupRules(1, List.of(2.5, 2.5, 2.5));
        assertThat(groups(slow, 1, job(0, 1, READS), job(1, 1, COMPUTES))).containsExactly(List.of(0), List.of(1));
    }

    /** Whatever the stages: no job is in two groups, groups have one size, and they are worth it. */
    @Test
    void groupsOfRandomJobsArePartsOfThem() {
        Random random = new Random(3);
        for (int seed = 0; seed < 200; seed++) {
            List<Candidate> jobs = new ArrayList<>();
            for (int job = 0; job < 1 + random.nextInt(30); job++) {
                JobStages stages = random.nextInt(8) == 0
                        ? JobStages.NONE
                        : new JobStages(random.nextInt(5), random.nextInt(5), 1 + random.nextInt(5), random.nextInt(5));
                jobs.add(job(job, 1 << random.nextInt(3), stages));
            }
            int gpus = 4 + random.nextInt(8);
            List<Group> groups = new Grouping(GroupRules.EXACT).of(jobs, gpus);

            assertThat(groups.stream().flatMap(group -> group.jobs().stream())).doesNotHaveDuplicates();
            assertThat(groups.get(0).jobs()).contains(jobs.get(0));
            for (Group group : groups) {
                List<JobStages> stages =
                        group.jobs().stream().map(Candidate::stages).toList();
                assertThat(group.jobs()).hasSizeBetween(1, 4).allMatch(job -> job.gpus() == group.gpus());
                assertThat(stages.size() == 1 || GroupRules.EXACT.isWorthwhile(stages))
                        .isTrue();
                assertThat(stages.size() == 1 || Interleaving.efficiency(stages) <= 1 + 1e-12)
                        .isTrue();
            }
        }
    }
}
