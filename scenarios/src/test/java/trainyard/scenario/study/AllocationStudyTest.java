package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static trainyard.scenario.study.TestStudies.value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.source.ScenarioException;

/** The studies of packing, machines, bookings and assignments against numbers worked out by hand. */
class AllocationStudyTest {

    private static StudyResult run(String section) {
        String scenario = "trainyard: 1\nname: allocation\n" + section;
        return TestStudies.run(scenario);
    }

    /** 6 and 4, 7 and 3 fill two GPUs; first fit puts 3 on the 6 and needs a third. */
    @Test
    void packsTheModelsOfAList() {
        StudyResult first = run("packing: {gpu-memory: 10 GB, sizes: [6 GB, 7 GB, 3 GB, 4 GB], rule: first-fit}\n");
        StudyResult best = run("packing: {gpu-memory: 10 GB, sizes: [6 GB, 7 GB, 3 GB, 4 GB], rule: best-fit}\n");

        assertThat(value(first, "gpus-used")).isEqualTo(3);
        assertThat(value(first, "over-optimum")).isEqualTo(0.5);
        assertThat(value(first, "free-memory")).isCloseTo(10 / 30.0, within(1e-12));
        assertThat(value(best, "gpus-used")).isEqualTo(2);
        assertThat(value(best, "optimum")).isEqualTo(2);
        assertThat(value(best, "free-memory")).isZero();
    }

    /** 1, 1, 2 on two machines: the list ends after 3, with the longest first after 2. */
    @Test
    void schedulesTheTasksOfAList() {
        StudyResult list = run("machines: {machines: 2, times: [1 h, 1 h, 2 h], rule: list}\n");
        StudyResult longest = run("machines: {machines: 2, times: [1 h, 1 h, 2 h], rule: longest-first}\n");

        assertThat(value(list, "makespan")).isEqualTo(3 * 3600);
        assertThat(value(list, "ratio")).isEqualTo(1.5);
        assertThat(value(list, "guarantee")).isEqualTo(1.5);
        assertThat(value(list, "busy")).isCloseTo(4 / 6.0, within(1e-12));
        assertThat(value(longest, "makespan")).isEqualTo(2 * 3600);
        assertThat(value(longest, "guarantee")).isCloseTo(7 / 6.0, within(1e-12));
    }

    /** One node: nobody reads over the network. Two nodes of one slot, both data on either: one job reads 10 GB at 10 Gb/s. */
    @Test
    void jobsBesideTheirDataReadNothing() {
        String data = "copies: 1, data: 10 GB, spread: 0, racks: 1, rack-rate: 10 Gb/s";

        StudyResult one = run("assignment: {jobs: 4, nodes: 1 node, slots: 4, " + data + "}\n");
        assertThat(value(one, "local")).isEqualTo(1);
        assertThat(value(one, "read-time")).isZero();

        StudyResult two = run("replications: 200\nassignment: {jobs: 2, nodes: 2 nodes, slots: 1, method: hungarian, "
                + data + "}\n");
        double local = value(two, "local");
        assertThat(local).isCloseTo(0.75, within(0.1));
        assertThat(value(two, "read-time")).isCloseTo(8 * (1 - local), within(1e-9));
    }

    /** Beyond a thousand items there is no search: it would go as deep as there are items. */
    @Test
    void manyModelsAndTasksAreNotSearched() {
        StudyResult packed = run("packing: {gpu-memory: 100 GB, models: 20000, smallest: 20 GB, largest: 45 GB}\n");
        StudyResult scheduled = run("machines: {machines: 7, tasks: 100000}\n");

        assertThat(value(packed, "gpus-used")).isGreaterThanOrEqualTo(value(packed, "lower-bound"));
        assertThat(value(scheduled, "makespan")).isGreaterThanOrEqualTo(value(scheduled, "lower-bound"));
    }

    @Test
    void bookingsThatNeverOverlapShareAMachine() {
        StudyResult result = run("bookings: {bookings: 1, span: 1 h, length: 1 h, spread: 0}\n");

        assertThat(value(result, "machines-used")).isEqualTo(1);
        assertThat(value(result, "busy")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "packing: {gpu-memory: 10 GB, sizes: [11 GB]} | larger than the memory of a GPU",
                "packing: {gpu-memory: 10 GB, largest: 20 GB} | larger than the memory of a GPU",
                "packing: {gpu-memory: 10 GB, smallest: 5 GB, largest: 4 GB} | smallest is above largest",
                "packing: {gpu-memory: 90 GB, law: lognormal, mean: 60 GB} | not between smallest and largest",
                "assignment: {jobs: 9, nodes: 2 nodes, slots: 4} | more than the slots of all nodes",
                "assignment: {jobs: 1, nodes: 2 nodes, copies: 3} | more copies than nodes",
                "assignment: {jobs: 9, nodes: 200 nodes, slots: 8, method: hungarian} | of which there are 1600",
                "assignment: {jobs: 2000, nodes: 2000 nodes} | more than a million",
                "machines: {machines: 2000, instance: worst-for-list} | more than a million tasks",
            })
    void refusesWhatCannotBe(String section, String message) {
        ScenarioException refused =
                catchThrowableOfType(() -> run(section + "\n").requireFeasible(), ScenarioException.class);

        assertThat(refused.problems().get(0).message()).contains(message);
        assertThat(refused.problems().get(0).position().orElseThrow().line()).isEqualTo(3);
    }
}
