package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.units.Dimension;

class SharedWordsTest {

    private static SharedWords of(String... names) {
        return SharedWords.of(Arrays.stream(names)
                .map(name -> new Metric(
                        name, Dimension.NUMBER, "", 1, Bounds.NOT_NEGATIVE, Metric.Better.NEITHER, "One of many."))
                .toList());
    }

    @Test
    void partsOfOneThing() {
        SharedWords cost = of("cost.used", "cost.overhead", "cost.idle");
        assertThat(cost.shared()).isEqualTo("cost");
        assertThat(cost.own()).containsExactly("used", "overhead", "idle");
    }

    @Test
    void oneThingOfSeveralGroups() {
        SharedWords wait = of("class.training.wait.p95", "class.inference.wait.p95");
        assertThat(wait.shared()).isEqualTo("wait p95 of class");
        assertThat(wait.own()).containsExactly("training", "inference");
    }

    /** Their words begin differently, their names do not. */
    @Test
    void statisticsOfOneMetric() {
        SharedWords wait = of("wait.mean", "wait.p95");
        assertThat(wait.shared()).isEqualTo("wait");
        assertThat(wait.own()).containsExactly("mean", "p95");
    }

    @Test
    void partsOfOneGroup() {
        SharedWords cost = of("team.a.cost.used", "team.a.cost.idle");
        assertThat(cost.shared()).isEqualTo("cost of team a");
        assertThat(cost.own()).containsExactly("used", "idle");
    }

    @Test
    void nothingInCommon() {
        SharedWords both = of("cost", "cost.used");
        assertThat(both.shared()).isEqualTo("cost and cost used");
        assertThat(both.own()).containsExactly("cost", "cost used");
        assertThat(of("makespan", "wait", "cost").shared()).isEqualTo("makespan, wait and cost");
        assertThat(of("makespan", "wait", "cost", "fairness").shared()).isEqualTo("makespan and others");
    }
}
