/**
 * Turns the outcomes of a study into an answer: the sentence with the number, whether it met what was expected, what
 * it rests on and how to get it again. {@link trainyard.scenario.answer.Answer} holds it;
 * {@link trainyard.scenario.answer.AnswerReport} makes the page of it.
 */
package trainyard.scenario.answer;
