package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trainyard.scenario.study.LifeOfKeys.LIFE;
import static trainyard.scenario.study.LifeOfKeys.scenario;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.source.ScenarioException;

/** Lives that ask for what their job or cluster cannot give. */
class ImpossibleLivesTest {

    /** Policies that need something which the job or the cluster does not have. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{policy: elastic, least-replicas: 17} | never goes on with 17",
                "{policy: quorum, least-replicas: 100} | never goes on with 100",
                "{policy: warm-standby, standbys: 3 nodes} | 3 standbys are more than the spares",
                "{policy: templates, tolerated: 16 nodes} | 17 pipelines of 1 nodes",
                "{restart: {final-causes: [nod]}} | life.faults has no cause 'nod'",
                "{detector: {telemetry: {rules: {nod: {looks: 3}}}}} | life.faults has no cause 'nod'",
            })
    void policiesThatCannotDoWhatTheyAreAskedFor(String recovery, String message) {
        Study study = Study.of(scenario(LIFE, "life.recovery=" + recovery), false);
        assertThatThrownBy(() -> study.workload(study.cells().get(0)))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(message);
    }

    /** Snapshots that cannot be taken as they are asked for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{tiers: [{kind: object-store, mode: upload}]} | an upload copies the tier before it",
                "{time-limit: 10 min, notice: 1 h} | the notice is longer than time-limit",
            })
    void snapshotsThatCannotBeTaken(String checkpoint, String message) {
        Study study = Study.of(scenario(LIFE, "life.checkpoint=" + checkpoint), false);
        assertThatThrownBy(() -> study.workload(study.cells().get(0)))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"warm-standby", "hot-spare", "drain"})
    void policiesThatNeedSpares(String policy) {
        String none = LIFE.replace("spares: 2 nodes", "spares: 0 nodes");
        Study study = Study.of(scenario(none, "life.recovery.policy=" + policy), false);
        assertThatThrownBy(() -> study.workload(study.cells().get(0)))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("policy " + policy + " needs spares, and the cluster has none");
    }
}
