package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.scenario.study.LifeOfKeys.problems;
import static trainyard.scenario.study.LifeOfKeys.scenario;

import org.junit.jupiter.api.Test;
import trainyard.scenario.source.Problem;

/** The same of what jobs of a cluster and their teams state. */
class UnusedJobKeysTest {

    /** Of a policy that asks nobody how important a job or a team is; one variant that does is enough. */
    @Test
    void prioritiesAndWeightsCountUnderSomePolicies() {
        String jobs = """
                trainyard: 1
                name: jobs
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: fifo, teams: {a: {weight: 2}}}
                jobs: {list: [{id: A, team: a, gpus: 8, run: 1 h, priority: 5}]}
                """;

        assertThat(problems(scenario(jobs)))
                .extracting(Problem::message)
                .containsExactlyInAnyOrder("'weight' has no effect here", "'priority' has no effect here");
        assertThat(problems(scenario(jobs, "scheduler.policy=easy")))
                .extracting(Problem::message)
                .containsExactly("'weight' has no effect here");
        assertThat(problems(scenario(
                        jobs + "variants: {x: {}, y: {scheduler.policy: priority}, z: {scheduler.policy: drf}}\n")))
                .isEmpty();
    }

    /** What jobs use of a host counts where hosts say what they have, or a team what is its own. */
    @Test
    void processorsAndMemoryCountWhereTheyAreStated() {
        String jobs = """
                trainyard: 1
                name: jobs
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: kueue, teams: {a: {quota: 8}}}
                jobs: {list: [{id: A, team: a, gpus: 8, run: 1 h, cpus-per-gpu: 8, memory-per-gpu: 64 GiB}]}
                """;

        assertThat(problems(scenario(jobs)))
                .extracting(Problem::message)
                .containsExactlyInAnyOrder("'cpus-per-gpu' has no effect here", "'memory-per-gpu' has no effect here");
        assertThat(problems(scenario(jobs, "cluster.node.cpus=96")))
                .extracting(Problem::message)
                .containsExactly("'memory-per-gpu' has no effect here");
        assertThat(problems(scenario(jobs, "cluster.node.cpus=96", "scheduler.teams.a.quota-memory=1 TiB")))
                .isEmpty();
    }
}
