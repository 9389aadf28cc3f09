/**
 * The instruments behind {@code tools/reliability}: faults, kills, fuzzing, soaking and races, each
 * a program with a seed, and a test that runs it for a short while. See {@code
 * docs/reliability.md}.
 */
package kerava.reliability;
