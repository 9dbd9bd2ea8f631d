import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowsDiff,
  IconChevronDown,
  IconExternalLink,
  IconPencil,
  IconRepeat,
  IconRoute,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { MASKED } from '../../../../server/contract/curl.ts';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { SendAs } from '../resend/send-as.tsx';
import { useResend } from '../resend/use-resend.ts';
import { COPY_WORDS, useCopyRequest } from '../use-copy-request.ts';
import classes from './request-detail.module.css';
import { urlOf } from './url-of.ts';

interface DetailActionsProps {
  readonly request: RequestTrace;
  readonly onEdit: () => void;
  /** Compares it with the request that is chosen next. */
  readonly onMark: () => void;
}

/** Send it again, as it was or otherwise; copy it; compare it; open it. */
export function DetailActions({ request, onEdit, onMark }: DetailActionsProps) {
  const resend = useResend({ tells: true });
  const { requestId } = request;
  return (
    <div className={classes.actions}>
      <Button
        size="compact-sm"
        leftSection={<IconRepeat size={15} />}
        loading={resend.isPending}
        onClick={() => resend.mutate({ requestId, changes: {} })}
      >
        Resend
      </Button>
      <Button variant="default" size="compact-sm" leftSection={<IconPencil size={15} />} onClick={onEdit}>
        Edit and resend
      </Button>
      <SendAs request={request} isBusy={resend.isPending} onSend={(changes) => resend.mutate({ requestId, changes })} />
      <CopyAs requestId={requestId} />
      <span className={classes.icons}>
        <Tooltip label="Compare with another request">
          <ActionIcon size={26} variant="default" aria-label="Compare with…" onClick={onMark}>
            <IconArrowsDiff size={15} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="What if: which store would this reach">
          <ActionIcon
            size={26}
            variant="default"
            aria-label="What if"
            component={Link}
            to={`/routing?${question(request)}`}
          >
            <IconRoute size={15} />
          </ActionIcon>
        </Tooltip>
        {canOpen(request) ? (
          <Tooltip label="Open the page">
            <ActionIcon
              size={26}
              variant="default"
              aria-label="Open"
              component="a"
              href={urlOf(request)}
              target="_blank"
              rel="noreferrer"
            >
              <IconExternalLink size={15} />
            </ActionIcon>
          </Tooltip>
        ) : null}
      </span>
    </div>
  );
}

function CopyAs({ requestId }: { readonly requestId: string }) {
  const copy = useCopyRequest();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="compact-sm" rightSection={<IconChevronDown size={13} />}>
          Copy as
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['curl', 'fetch', 'report'] as const).map((format) => (
          <Menu.Item key={format} onClick={() => void copy(requestId, format)}>
            {COPY_WORDS[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A masked token would be asked for as if it were one. */
export function canOpen({ method, path }: RequestTrace): boolean {
  return method === 'GET' && !path.includes(MASKED);
}

function question(request: RequestTrace): URLSearchParams {
  const asked = new URLSearchParams({ url: urlOf(request), method: request.method });
  const storeHeader = request.requestHeaders['x-store-id'];
  if (storeHeader) asked.set('storeHeader', storeHeader);
  return asked;
}
