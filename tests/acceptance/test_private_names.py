"""The names of behave that the runner stands on; behave may change them without notice."""

import inspect

import behave.model
from behave.formatter.base import Formatter
from behave.model import Scenario, ScenarioOutline
from behave.model_type import Status
from behave.runner import Context, ModelRunner, Runner


class Quiet:
    """A configuration that asks for nothing."""

    def should_capture_hooks(self):
        return False


def context():
    runner = ModelRunner(Quiet())
    return Context(runner), runner


def test_cleanups_stand_in_the_innermost_layer_and_are_done_by_one_method():
    made, _runner = context()
    done: list[int] = []
    made.add_cleanup(done.append, 1)
    assert len(made._stack[0]["@cleanups"]) == 1
    made._do_remaining_cleanups()
    made._do_remaining_cleanups()
    assert done == [1]


def test_leaving_a_layer_calls_the_method_on_the_instance():
    made, _runner = context()
    called = []
    made._push(layer="scenario")
    made._do_cleanups = lambda: called.append(True)
    made._pop()
    assert called == [True]


def test_cleanup_errors_are_told_to_a_function_of_the_context():
    assert Context.ignore_cleanup_error(None, None, None) is None
    assert 'getattr(self, "on_cleanup_error"' in inspect.getsource(Context._do_cleanups)


def test_the_run_goes_through_the_methods_that_are_overridden():
    assert {"load_hooks", "load_step_definitions", "feature_locations", "run_model"} <= set(
        inspect.getsource(Runner.run_with_paths).replace("self.", " ").replace("(", " ").split()
    )
    assert "self.step_registry is None" in inspect.getsource(ModelRunner.run_model)
    assert "runner.step_registry.find_match(self)" in inspect.getsource(behave.model.Step.run)


def test_outline_rows_are_kept_with_the_scenario():
    assert Scenario("lions.feature", 1, "Scenario", "Sleeps")._row is None
    assert " -- @" in ScenarioOutline.annotation_schema


def test_formatters_are_told_what_the_recorder_and_the_progress_need():
    for name in ("feature", "scenario", "match", "result", "eof", "close"):
        assert callable(getattr(Formatter, name))
    assert '"{0}_finished"' in inspect.getsource(behave.model.ScenarioContainer.run)


def test_the_statuses_that_are_judged_exist():
    assert {"passed", "failed", "skipped", "hook_error", "cleanup_error"} <= set(Status.__members__)
