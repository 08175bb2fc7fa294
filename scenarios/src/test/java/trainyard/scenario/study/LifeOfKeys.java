package trainyard.scenario.study;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import trainyard.scenario.Scenario;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** The scenario of a life, changed key by key, and what {@link UnusedKeys} says of it. */
final class LifeOfKeys {

    static final String LIFE = """
            trainyard: 1
            name: life
            cluster: {node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 128 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 8, data: 16, zero: 1}
            life:
              step-time: 1 s
              spares: 2 nodes
              faults: {causes: {node: {mtbf: 400 h}}}
            """;

    static final String CAUSE = "life.faults.causes.node";

    private LifeOfKeys() {}

    static Scenario scenario(String text, String... changes) {
        List<Assignment> assignments = Stream.of(changes).map(Assignment::parse).toList();
        return Scenario.of(new SourceText("life.yaml", text), Path.of(""), assignments);
    }

    static List<Problem> problems(Scenario scenario) {
        try {
            UnusedKeys.check(scenario);
            return List.of();
        } catch (ScenarioException refused) {
            return refused.problems();
        }
    }
}
