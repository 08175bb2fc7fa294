package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says of a job that is fed with data. */
class InputAnswersTest {

    /** 4 micro-batches of 2 images of 110 kB for each of 8 ranks, without a buffer. */
    private static final String FED = """
            trainyard: 1
            name: fed
            cluster: {node: {preset: dgx-a100}, nodes: 2}
            job:
              model: {preset: gpt3-1.3b}
              batch: {global: 64 sequences, micro: 2 sequences, sequence-length: 2048 tokens}
              parallel: {tensor: 2, data: 8}
            input:
              data: {kind: images, decode: 1 ms, samples-per-read: 2}
              storage: {bandwidth: 10 GB/s, latency: 5 ms}
              prefetch: 0
              copy: pageable
              steps: 4 steps
              warm-up: 0 steps
            """;

    private static JsonNode explain(String metric, String... changes) throws IOException {
        String[] arguments = new String[4 + 2 * changes.length];
        System.arraycopy(new String[] {"explain", "--json", metric, "-"}, 0, arguments, 0, 4);
        for (int i = 0; i < changes.length; i++) {
            arguments[4 + 2 * i] = "--set";
            arguments[5 + 2 * i] = changes[i];
        }
        Cli cli = Cli.runWith(FED, arguments);
        assertThat(cli.code()).as(cli.err()).isZero();
        return new ObjectMapper().readTree(cli.out());
    }

    private static double term(JsonNode explained, String name) {
        for (JsonNode term : explained.get("breakdown").get("terms")) {
            if (term.get("name").asText().equals(name)) {
                return term.get("value").asDouble();
            }
        }
        throw new AssertionError("no term " + name);
    }

    private static double sum(JsonNode explained) {
        double sum = 0;
        for (JsonNode term : explained.get("breakdown").get("terms")) {
            sum += term.get("value").asDouble();
        }
        return sum;
    }

    /** Each of 4 micro-batches waits for 5 ms, for 8 x 220 kB at 10 GB/s and for 2 x 1 ms. */
    @Test
    void theStepIsThatOfThePlanWithItsWaitsForData() throws IOException {
        JsonNode step = explain("step-time");
        JsonNode fed = explain("step-time.fed");

        assertThat(term(step, "wait for data")).isCloseTo(4 * (5 + 0.176 + 2), within(1e-5));
        assertThat(term(step, "copy to the GPU")).isPositive();
        assertThat(term(step, "useful compute")).isEqualTo(term(fed, "useful compute"));
        assertThat(sum(step) / 1000).isCloseTo(step.get("value").asDouble(), within(1e-8));
        assertThat(sum(fed) / 1000).isCloseTo(fed.get("value").asDouble(), within(1e-12));
        assertThat(sum(step) - sum(fed))
                .isCloseTo(term(step, "wait for data") + term(step, "copy to the GPU"), within(1e-9));
    }

    /** What is copied beside the training is waited for only as a part of the loading. */
    @Test
    void copiesFromPinnedMemoryAreNoTermOfTheirOwn() throws IOException {
        JsonNode pinned = explain("step-time", "input.copy=pinned");

        assertThat(term(pinned, "copy to the GPU")).isZero();
        assertThat(term(pinned, "wait for data"))
                .as("at 2.5 times the rate")
                .isCloseTo(28.704 + term(explain("step-time"), "copy to the GPU") / 2.5, within(1e-5));
    }

    @ParameterizedTest
    @CsvSource({
        "input-stall, (wait for data + copy to the GPU) / step time",
        "throughput, tokens of the global batch / step time",
        "epoch-time, samples of the data set / sequences of the global batch x step time",
    })
    void whatFollowsFromTheStepIsExplainedByIt(String metric, String formula) throws IOException {
        JsonNode explained = explain(metric, "input.data.size=1 TB");

        assertThat(explained.get("formula").asText()).isEqualTo(formula);
        assertThat(term(explained, "wait for data")).isCloseTo(28.704, within(1e-5));
    }

    /** Replications differ in their reads; of a step that is stated there is one term. */
    @Test
    void theTermsAreMeansOverTheReplications() throws IOException {
        JsonNode explained =
                explain("step-time", "replications=3", "input.storage.latency-variation=1", "input.step-time=400 ms");

        assertThat(term(explained, "step that waits for no data")).isCloseTo(400, within(1e-9));
        assertThat(sum(explained) / 1000)
                .isGreaterThan(0.4)
                .isCloseTo(explained.get("value").asDouble(), within(1e-8));
    }
}
