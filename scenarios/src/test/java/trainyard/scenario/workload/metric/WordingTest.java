package trainyard.scenario.workload.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    @ParameterizedTest
    @CsvSource({
        "memory.peak, memory peak",
        "used-gpus, used GPUs",
        "gpus.most, GPUs most",
        "mfu, MFU",
        "flops-per-gpu, FLOP/s per GPU",
        "lost-gpu-hours, lost GPU-hours",
        "wait.mean, mean wait",
        "wait.p95, wait p95",
        "class.large.wait.mean, mean wait of class large",
        "team.corpora.cost, cost of team corpora",
        "team.rto.gpu-hours, GPU-hours of team rto"
    })
    void wordsOfNames(String name, String words) {
        assertThat(Wording.of(name)).isEqualTo(words);
    }

    @Test
    void shortFormsKeepTheirCapitals() {
        assertThat(Wording.lower("GPUs owned")).isEqualTo("GPUs owned");
        assertThat(Wording.lower("Checkpoint interval")).isEqualTo("checkpoint interval");
        assertThat(Wording.capital("used GPUs")).isEqualTo("Used GPUs");
        assertThat(Wording.capital("")).isEmpty();
        assertThat(Wording.lower("")).isEmpty();
    }
}
