package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trainyard.Goldens;

class CommandReferenceTest {

    @Test
    void theReferencePageIsFresh() {
        String text = CommandReference.text();

        assertThat(text)
                .as("renew docs/reference/cli.md with -Dtrainyard.update=true")
                .isEqualTo(Goldens.committed(Goldens.project().resolve("docs/reference/cli.md"), text));
    }
}
