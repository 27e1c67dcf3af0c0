package ckan

import "context"

func (s *sending) tables(ctx context.Context, have *record) (*record, error) { return have, nil }
